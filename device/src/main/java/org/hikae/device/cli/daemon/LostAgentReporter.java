package org.hikae.device.cli.daemon;

import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.AgentExitCode;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.cli.command.RawArguments;

/** Tells a person that the agent has ended before their command did, and what to do. */
public final class LostAgentReporter {

  private LostAgentReporter() {}

  /** Says so as the command line of carried arguments wants it; gives its exit code. */
  public static int report(AgentEnvironment here, String... carried) {
    boolean json = List.of(carried).contains("--json");
    String language = AgentCommand.language(here, RawArguments.valueOf("--lang", carried), json);
    RunResult result =
        new CommandOutput(here, Messages.in(language), json, false)
            .failure(new AgentException(RunResult.LOCAL, "daemon.lost"));
    return AgentExitCode.of(result);
  }
}
