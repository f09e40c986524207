package org.hikae.device.cli.account;

import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.backup.ScheduleCommand;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.diagnostics.RunHistoryStore;
import org.hikae.device.drill.ProofHistoryStore;
import org.hikae.device.possession.ChallengeSampleStore;
import org.hikae.device.state.RunLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gives the sign-in of this device back. */
@Command(
    name = "logout",
    description =
        "Give the sign-in of this device back. Its keys stay, so that signing in again is enough;"
            + " with --forget they go too.")
public final class LogoutCommand extends AgentCommand {

  @Option(
      names = "--forget",
      description = "Delete the device's key and the key of your backup from this computer.")
  private boolean forget;

  public LogoutCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language());
        RunLock _ = RunLock.take(agent.home())) {
      boolean revoked = revoke(agent);
      if (forget) {
        agent.stateFile().delete();
        new RunHistoryStore(agent.home()).forget();
        new ProofHistoryStore(agent.home()).forget();
        new ChallengeSampleStore(agent.home(), here().clock()).forget();
      } else {
        agent.stateFile().update(newest -> newest.withRefreshToken(null));
      }
      output.event("logout", Map.of("revoked", revoked, "forgotten", forget));
      output.say(forget ? "logout.forgotten" : "logout.done");
      // Without the keys a scheduled backup could only fail, day after day.
      if (forget && ScheduleCommand.off(here())) {
        output.say("schedule.off");
      }
      if (!revoked) {
        output.note("logout.not-revoked");
      }
      return revoked ? RunResult.SUCCESS : RunResult.PARTIAL;
    }
  }

  /** The local half happens even when Keycloak cannot be reached; the person is told. */
  private static boolean revoke(SignedInAgent agent) {
    try {
      return agent.tokens().revoke();
    } catch (AgentException e) {
      return false;
    }
  }
}
