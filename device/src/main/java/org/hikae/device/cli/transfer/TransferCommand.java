package org.hikae.device.cli.transfer;

import java.util.Map;
import java.util.Objects;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.BackupKeyAccess;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.SecretInput;
import org.hikae.device.state.RunLock;
import org.hikae.device.state.UnlockedSet;
import org.hikae.device.transfer.GiveKeyFlow;
import org.hikae.device.transfer.PortalKeyTransferRelay;
import org.hikae.device.transfer.ReceiveKeyFlow;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.enrollment.wire.SetView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hikae transfer}: on the new computer, and with {@code --give} on the old one. */
@Command(
    name = "transfer",
    description =
        "Get the key of your backup from your other computer. This one shows six digits; on the"
            + " other one run hikae transfer --give and type them.")
public final class TransferCommand extends AgentCommand {

  @Option(
      names = "--give",
      order = 1,
      description =
          "Give the key from this computer to your new one, which shows the digits. Nobody from IT"
              + " ever asks you for them.")
  private boolean give;

  @Option(
      names = "--code-fd",
      order = 2,
      paramLabel = "N",
      description = "Read the six digits from this file descriptor.")
  private @Nullable Integer codeFd;

  public TransferCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language())) {
      SetView set = agent.portal().context().set();
      if (set == null || set.state() != BackupSetState.ACTIVE) {
        throw new AgentException(RunResult.REFUSED, "problem.not-opted-in", "", "");
      }
      return give ? give(output, agent, set) : receive(output, agent, set);
    }
  }

  private RunResult receive(CommandOutput output, SignedInAgent agent, SetView set)
      throws AgentException {
    try (RunLock _ = RunLock.take(agent.home())) {
      UnlockedSet mine = agent.stateFile().require().set();
      if (holds(mine, set)) {
        output.say("transfer.has-key");
        return RunResult.SUCCESS;
      }
      requireNotBack(mine, set);
      new BackupKeyAccess(here(), output, agent, new UnlockOptions().person())
          .recentSignIn()
          .ensure();
      boolean blocks = !output.json() && here().out().charset().newEncoder().canEncode('\u2588');
      String from =
          new ReceiveKeyFlow(
                  new PortalKeyTransferRelay(agent.portal()),
                  agent.stateFile(),
                  agent.identity(),
                  here().pause(),
                  here().random())
              .receive(set, new ReceiveKeyPrinter(output, blocks));
      output.event("transfer", Map.of("received", true, "name", from));
      output.say("transfer.received", DisplayFormat.name(from));
      return RunResult.SUCCESS;
    }
  }

  private RunResult give(CommandOutput output, SignedInAgent agent, SetView set)
      throws AgentException {
    UnlockedSet mine = agent.stateFile().require().set();
    if (!holds(mine, set)) {
      throw new AgentException(RunResult.REFUSED, "transfer.no-key");
    }
    UnlockedSet held = Objects.requireNonNull(mine);
    if (held.next() != null) {
      throw new AgentException(RunResult.REFUSED, "rotate.unfinished-first");
    }
    GiveKeyFlow.GivenKey given =
        new GiveKeyFlow(
                new PortalKeyTransferRelay(agent.portal()),
                agent.stateFile(),
                agent.identity(),
                here().pause(),
                here().random())
            .give(held, new GiveKeyPrompt(output, new SecretInput(here().console()), codeFd));
    output.event(
        "transfer",
        Map.of(
            "given",
            true,
            "deviceId",
            given.deviceId(),
            "name",
            given.name(),
            "arrived",
            given.arrived()));
    output.say(
        given.arrived() ? "transfer.given" : "transfer.given-unheard",
        DisplayFormat.name(given.name()));
    return RunResult.SUCCESS;
  }

  /** The portal names an earlier K than this device has: no other one may take its place. */
  private static void requireNotBack(@Nullable UnlockedSet mine, SetView set)
      throws AgentException {
    if (mine != null && mine.setId().equals(set.setId()) && mine.generation() > set.generation()) {
      throw new AgentException(
          RunResult.CORRUPT,
          "rotate.set-back",
          String.valueOf(set.generation()),
          String.valueOf(mine.generation()));
    }
  }

  /** Whether this device has the very K that the portal names. */
  private static boolean holds(@Nullable UnlockedSet mine, SetView set) {
    return mine != null
        && mine.setId().equals(set.setId())
        && mine.generation() == set.generation();
  }
}
