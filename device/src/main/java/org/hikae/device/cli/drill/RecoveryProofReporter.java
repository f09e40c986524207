package org.hikae.device.cli.drill;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.drill.ProofHistoryStore;
import org.hikae.device.portal.PortalRefusalException;
import org.hikae.device.run.RoundedFigures;
import org.hikae.device.state.AgentHome;
import org.hikae.drill.wire.RecoveryProof;
import org.hikae.drill.wire.RecoveryProofKind;
import org.hikae.hk1.MalformedException;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Signs what went well and shows it to the portal: rounded numbers only, never a name, a path or a
 * password (spec HK1-R-18). What cannot be sent waits, the newest of each kind; nothing here fails
 * a command.
 */
public final class RecoveryProofReporter {

  private static final int UNAUTHORIZED = 401;

  private final AgentEnvironment here;
  private final CommandOutput output;
  private final ProofHistoryStore history;

  public RecoveryProofReporter(AgentEnvironment here, CommandOutput output) {
    this.here = here;
    this.output = output;
    this.history = new ProofHistoryStore(AgentHome.of(here.environment(), here.userHome()));
  }

  /** The key and the generation that were used. */
  public record UsedKey(String setId, long generation) {}

  /** A drill has opened so much of a snapshot. */
  void drilled(UsedKey used, String snapshotId, long files, long bytes) {
    show(
        RecoveryProofKind.DRILL,
        used,
        snapshotId,
        RoundedFigures.count(files),
        RoundedFigures.bytes(bytes));
  }

  /** The password was typed right. */
  public void practised(UsedKey used) {
    show(RecoveryProofKind.PRACTICE, used, null, 0, 0);
  }

  private void show(
      RecoveryProofKind kind, UsedKey used, @Nullable String snapshotId, long files, long bytes) {
    Instant now = here.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    RecoveryProof unsigned =
        new RecoveryProof(
            RecoveryProof.FORMAT,
            kind,
            now,
            used.setId(),
            used.generation(),
            snapshotId,
            files,
            bytes,
            "");
    // Once: a portal that has heard enough for now is not waited for.
    try (SignedInAgent agent = SignedInAgent.openOnce(here, output.messages().language())) {
      String issuer = agent.stateFile().require().profile().issuer();
      byte[] signature =
          agent.identity().sign(unsigned.transcript(issuer, agent.identity().deviceId()));
      history.change(kept -> kept.with(unsigned.signed(signature)));
      sendWaiting(agent);
    } catch (AgentException e) {
      output.note("drill.waits");
    } catch (MalformedException e) {
      // Such as by a clock before 1970.
      output.note("drill.clock");
    }
  }

  private void sendWaiting(SignedInAgent agent) throws AgentException {
    for (RecoveryProof proof : history.read().waiting()) {
      try {
        agent.portal().sendRecoveryProof(proof);
      } catch (PortalRefusalException e) {
        if (keeps(e)) {
          throw e;
        }
        if (e.is(ProblemCode.MALFORMED)) {
          output.note("drill.clock");
        }
      }
      history.change(kept -> kept.without(proof));
    }
  }

  /** Whether it may be taken another time; of one too many the portal has a newer one. */
  private static boolean keeps(PortalRefusalException refusal) {
    boolean later = refusal.result() != RunResult.REFUSED || refusal.status() == UNAUTHORIZED;
    return later && !refusal.is(ProblemCode.TOO_MANY_REQUESTS);
  }
}
