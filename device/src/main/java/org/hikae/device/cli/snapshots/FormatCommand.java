package org.hikae.device.cli.snapshots;

import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.state.UnlockedSet;
import org.hikae.enrollment.wire.DeviceView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hikae format}. */
@Command(
    name = "format",
    description =
        "Show in which form this device writes its snapshots, or move to the newest one: from then"
            + " on the device signs them. Earlier snapshots stay readable, and nothing is sent"
            + " anew.")
public final class FormatCommand extends AgentCommand {

  @Option(
      names = "--move",
      description = "Write the newest form from the next backup on. There is no way back.")
  private boolean move;

  @Option(
      names = "--despite-older-agents",
      description =
          "Move although devices of yours have an older agent, which cannot read what is written"
              + " from then on.")
  private boolean despiteOlder;

  public FormatCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language())) {
      UnlockedSet mine = agent.stateFile().require().set();
      if (mine == null) {
        throw new AgentException(RunResult.REFUSED, "status.locked");
      }
      SigningStart start = new SigningStart(output, agent, mine.setId());
      boolean before = start.state().least().signed();
      List<DeviceView> older = start.older();
      boolean signs = before || (older.isEmpty() && !start.hasMadeOne());
      if (move && !before) {
        move(output, start, older);
      } else {
        output.say(signs ? "format.newest" : "format.first");
      }
      start.tell(signs || move, move && !before, older);
      return RunResult.SUCCESS;
    }
  }

  private void move(CommandOutput output, SigningStart start, List<DeviceView> older)
      throws AgentException {
    if (!older.isEmpty() && !despiteOlder) {
      throw new AgentException(RunResult.REFUSED, "format.older-agents", SigningStart.names(older));
    }
    start.mark();
    output.say("format.moved");
  }
}
