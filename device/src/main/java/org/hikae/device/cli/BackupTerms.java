package org.hikae.device.cli;

import java.time.ZoneId;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.enrollment.wire.Reconsent;

/** On what terms a backup may be made now; what speaks against it is said before a file is read. */
final class BackupTerms {

  private BackupTerms() {}

  /** Looks; refuses a backup that the portal would not take. */
  static void of(Output output, Agent agent) throws AgentException {
    Reconsent asked = agent.portal().context().reconsent();
    if (asked != null && asked.paused()) {
      throw new AgentException(RunResult.REFUSED, "problem.consent-required");
    }
    if (asked != null) {
      output.note("status.consent-asked", Sizes.time(asked.by(), ZoneId.systemDefault()));
    }
  }
}
