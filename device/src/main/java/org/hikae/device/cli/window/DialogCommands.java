package org.hikae.device.cli.window;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.hikae.device.AgentException;
import org.hikae.device.cli.account.DevicesCommand;
import org.hikae.device.cli.account.LoginCommand;
import org.hikae.device.cli.account.LogoutCommand;
import org.hikae.device.cli.account.StatusCommand;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.RawArguments;
import org.hikae.device.cli.diagnostics.ReportCommand;
import org.hikae.device.cli.protection.ForgetCommand;
import org.hikae.device.cli.protection.KeysCommand;
import org.hikae.device.cli.protection.NewDigitsCommand;
import org.hikae.device.cli.protection.OptInCommand;
import org.hikae.device.cli.protection.OptOutCommand;
import org.hikae.device.cli.protection.PasswordCommand;
import org.hikae.device.cli.protection.ProtectionCommand;
import org.hikae.device.cli.protection.RemindCommand;
import org.hikae.device.cli.protection.RotateCommand;
import org.hikae.device.cli.restic.ResticCommand;
import org.hikae.device.cli.restic.ResticSetupCommand;
import org.hikae.device.cli.restic.ResticShowCommand;
import org.hikae.device.cli.transfer.TransferCommand;
import org.hikae.device.cli.vault.OwnerOrderCommand;
import org.hikae.device.cli.vault.ReceiptsCommand;
import org.hikae.device.cli.window.WindowRequests.DialogRequest;
import org.jspecify.annotations.Nullable;

/** The commands that ask the person something, as a person would have typed them. */
final class DialogCommands {

  private DialogCommands() {}

  /** What the page can begin. */
  enum DialogKind {
    /** {@code hikae login}. */
    SIGN_IN,
    /** {@code hikae transfer}: gets the key from another device. */
    TRANSFER,
    /** {@code hikae transfer --give}: gives it to another one. */
    GIVE_KEY,
    /** {@code hikae optin}, which also unlocks and agrees anew. */
    OPT_IN,
    /** {@code hikae status}: also who tried the password, and when. */
    STATUS,
    /** {@code hikae report}. */
    REPORT,
    /** {@code hikae receipts}. */
    RECEIPTS,
    /** {@code hikae receipts verify}. */
    VERIFY_RECEIPTS,
    /** {@code hikae keys}. */
    KEYS,
    /** {@code hikae remind}. */
    PRACTICE,
    /** {@code hikae password}. */
    CHANGE_PASSWORD,
    /** {@code hikae password --forgotten}. */
    FORGOTTEN_PASSWORD,
    /** {@code hikae keys add password}. */
    ADD_PASSWORD,
    /** {@code hikae keys add digits}. */
    ADD_DIGITS,
    /** {@code hikae keys new-digits}. */
    NEW_DIGITS,
    /** {@code hikae keys rotate}. */
    ROTATE,
    /** {@code hikae freeze}. */
    FREEZE,
    /** {@code hikae unfreeze}. */
    UNFREEZE,
    /** {@code hikae veto}. */
    VETO,
    /** {@code hikae devices}. */
    DEVICES,
    /** {@code hikae restic}. */
    RESTIC,
    /** {@code hikae restic setup}. */
    RESTIC_SETUP,
    /** {@code hikae restic setup --own-password}. */
    RESTIC_OWN_PASSWORD,
    /** {@code hikae restic setup --replace-credential}. */
    RESTIC_REPLACE,
    /** {@code hikae restic show}. */
    RESTIC_SHOW,
    /** {@code hikae optout}. */
    OPT_OUT,
    /** {@code hikae forget}. */
    FORGET,
    /** {@code hikae logout --forget}. */
    SIGN_OUT
  }

  /**
   * The command of a request.
   *
   * @param userHome what {@code ~} stands for in names of files
   */
  static Function<AgentEnvironment, AgentCommand> of(DialogRequest request, String userHome)
      throws AgentException {
    List<String> carried =
        switch (request.kind()) {
          case SIGN_IN -> login(request, userHome);
          case GIVE_KEY -> List.of("--give");
          case FORGOTTEN_PASSWORD -> List.of("--forgotten");
          case ADD_PASSWORD -> List.of("password");
          case ADD_DIGITS -> List.of("digits");
          case VERIFY_RECEIPTS -> List.of("verify");
          case RESTIC_OWN_PASSWORD -> List.of("--own-password");
          case RESTIC_REPLACE -> List.of("--replace-credential");
          case SIGN_OUT -> List.of("--forget");
          default -> List.of();
        };
    return here -> command(here, request.kind()).with(carried);
  }

  private static AgentCommand command(AgentEnvironment here, DialogKind kind) {
    return switch (kind) {
      case SIGN_IN -> new LoginCommand(here);
      case TRANSFER, GIVE_KEY -> new TransferCommand(here);
      case OPT_IN -> new OptInCommand(here);
      case STATUS -> new StatusCommand(here);
      case REPORT -> new ReportCommand(here);
      case RECEIPTS, VERIFY_RECEIPTS -> new ReceiptsCommand(here);
      case KEYS -> new KeysCommand(here);
      case PRACTICE -> new RemindCommand(here);
      case CHANGE_PASSWORD, FORGOTTEN_PASSWORD -> new PasswordCommand(here);
      case ADD_PASSWORD, ADD_DIGITS -> new ProtectionCommand.Add(here);
      case NEW_DIGITS -> new NewDigitsCommand(here);
      case ROTATE -> new RotateCommand(here);
      case FREEZE -> new OwnerOrderCommand.Freeze(here);
      case UNFREEZE -> new OwnerOrderCommand.Unfreeze(here);
      case VETO -> new OwnerOrderCommand.Veto(here);
      case DEVICES -> new DevicesCommand(here);
      case RESTIC -> new ResticCommand(here);
      case RESTIC_SETUP, RESTIC_OWN_PASSWORD, RESTIC_REPLACE -> new ResticSetupCommand(here);
      case RESTIC_SHOW -> new ResticShowCommand(here);
      case OPT_OUT -> new OptOutCommand(here);
      case FORGET -> new ForgetCommand(here);
      case SIGN_OUT -> new LogoutCommand(here);
    };
  }

  private static List<String> login(DialogRequest request, String userHome) throws AgentException {
    List<String> carried = new ArrayList<>();
    add(carried, "--server=", request.server());
    add(carried, "--vault-root=", request.vaultRoot());
    String file = request.caFile();
    if (file != null && file.strip().startsWith("~/")) {
      file = userHome + file.strip().substring(1);
    }
    add(carried, "--ca-file=", file);
    return carried;
  }

  private static void add(List<String> carried, String option, @Nullable String typed)
      throws AgentException {
    if (typed != null && !typed.isBlank()) {
      carried.add(option + RawArguments.carry(WindowRequests.line(typed)));
    }
  }
}
