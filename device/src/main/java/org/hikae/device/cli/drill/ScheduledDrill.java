package org.hikae.device.cli.drill;

import java.io.IOException;
import java.time.Instant;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DesktopNotification;
import org.hikae.device.drill.ProofHistory;
import org.hikae.device.drill.ProofHistoryStore;
import org.hikae.device.http.BandwidthLimits;
import org.hikae.device.policy.CompanyPolicy;
import org.hikae.device.state.AgentState;
import org.hikae.device.store.BackupStoreException;

/**
 * After a scheduled backup: makes a drill and asks the person to practise, as often as the
 * company's policy says. Trouble with it is told, and is none of the backup's.
 */
public final class ScheduledDrill {

  private final AgentEnvironment here;
  private final CommandOutput output;

  public ScheduledDrill(AgentEnvironment here, CommandOutput output) {
    this.here = here;
    this.output = output;
  }

  /** Looks whether it is time for one of the two. */
  public void look() {
    Instant now = here.clock().instant();
    try {
      CompanyPolicy policy;
      AgentState state;
      ProofHistoryStore store;
      try (SignedInAgent agent = SignedInAgent.open(here, output.messages().language())) {
        policy = CompanyPolicy.ask(agent.portal());
        state = agent.stateFile().require();
        store = new ProofHistoryStore(agent.home());
      }
      ProofHistory known = store.read();
      if (known.practiceDue(policy.practiceDays(), now) && state.reminder() != null) {
        store.change(kept -> kept.asked(now));
        show("drill.practice-due");
      }
      if (known.drillDue(policy.drillDays(), now)) {
        store.change(kept -> kept.tried(now));
        drill();
      }
    } catch (AgentException e) {
      // The next scheduled backup looks again.
    }
  }

  private void drill() {
    RunResult result;
    try {
      result = new DrillRunner(here, output).run(new UnlockOptions(), BandwidthLimits.UNLIMITED);
    } catch (AgentException | BackupStoreException | IOException e) {
      result = output.failure(e);
    }
    if (result == RunResult.CORRUPT) {
      show("drill.alarm");
    }
  }

  private void show(String key) {
    String text = output.messages().get(key);
    var _ = DesktopNotification.show(here, output.messages().get("drill.title"), text);
    output.note(key);
  }
}
