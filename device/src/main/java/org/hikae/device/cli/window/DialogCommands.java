package org.hikae.device.cli.window;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.hikae.device.AgentException;
import org.hikae.device.cli.account.LoginCommand;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.RawArguments;
import org.hikae.device.cli.protection.OptInCommand;
import org.hikae.device.cli.window.WindowRequests.DialogRequest;
import org.jspecify.annotations.Nullable;

/** The commands that ask the person something, as a person would have typed them. */
final class DialogCommands {

  private DialogCommands() {}

  /** What the page can begin. */
  enum DialogKind {
    /** {@code hikae login}. */
    SIGN_IN,
    /** {@code hikae optin}, which also unlocks and agrees anew. */
    OPT_IN
  }

  /** The command of a request. */
  static Function<AgentEnvironment, AgentCommand> of(DialogRequest request) throws AgentException {
    List<String> carried = request.kind() == DialogKind.SIGN_IN ? login(request) : List.of();
    return here -> command(here, request.kind()).with(carried);
  }

  private static AgentCommand command(AgentEnvironment here, DialogKind kind) {
    return switch (kind) {
      case SIGN_IN -> new LoginCommand(here);
      case OPT_IN -> new OptInCommand(here);
    };
  }

  private static List<String> login(DialogRequest request) throws AgentException {
    List<String> carried = new ArrayList<>();
    add(carried, "--server=", request.server());
    add(carried, "--vault-root=", request.vaultRoot());
    add(carried, "--ca-file=", request.caFile());
    return carried;
  }

  private static void add(List<String> carried, String option, @Nullable String typed)
      throws AgentException {
    if (typed != null && !typed.isBlank()) {
      carried.add(option + RawArguments.carry(WindowRequests.line(typed)));
    }
  }
}
