package org.hikae.device.cli.backup;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.drill.ScheduledDrill;
import org.hikae.device.cli.log.PortalLogPrinter;
import org.hikae.device.cli.possession.PossessionPrinter;
import org.hikae.device.files.ProcessPriority;
import org.hikae.device.schedule.BackupDeferral;
import org.hikae.device.schedule.Schedule;
import org.hikae.device.schedule.ScheduleHistory;
import org.hikae.device.schedule.ScheduleStore;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.RunLock;
import org.hikae.device.store.BackupStoreException;
import picocli.CommandLine.ParameterException;

/**
 * One look at the schedule: the backup it asks for is made if it is time, nothing speaks against it
 * and no other run is at work. May be called as often and by as many processes as one likes: the
 * run lock is held from the decision to the written result, so a backup is made once.
 */
final class ScheduledBackup {

  private final AgentEnvironment here;
  private final CommandOutput output;
  private final AgentHome home;
  private final ScheduleStore store;

  ScheduledBackup(AgentEnvironment here, CommandOutput output) {
    this.here = here;
    this.output = output;
    this.home = AgentHome.of(here.environment(), here.userHome());
    this.store = new ScheduleStore(home);
  }

  /** What came of a look. */
  enum OutcomeKind {
    /** It is not time yet. */
    NOT_DUE("NOT_DUE"),
    /** It is time, and another run is at work. */
    BUSY("BUSY"),
    /** It is time, and something speaks against it. */
    DEFERRED("HELD"),
    /** A backup was tried. */
    TRIED("TRIED");

    /** What docs/agent-json.md calls it. */
    private final String published;

    OutcomeKind(String published) {
      this.published = published;
    }
  }

  /**
   * What came of a look.
   *
   * @param result how the backup ended that was tried
   * @param reason what spoke against it
   * @param next when the next one is due
   */
  record ScheduleOutcome(
      OutcomeKind kind, RunResult result, Optional<BackupDeferral.Reason> reason, Instant next) {

    /** Says it, but for what the run has said itself; returns how the command ends. */
    RunResult tell(CommandOutput output) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("outcome", kind.published);
      reason.ifPresent(r -> fields.put("reason", r.name()));
      fields.put("nextAt", next.toString());
      output.event("scheduled", fields);
      switch (kind) {
        case NOT_DUE -> output.say("scheduled.not-due", next);
        case BUSY -> output.note("scheduled.busy");
        case DEFERRED -> output.note("scheduled.deferred." + reason.orElseThrow());
        case TRIED -> output.say("scheduled.next", next);
      }
      return result;
    }
  }

  ScheduleOutcome run() throws AgentException {
    Schedule schedule = require(store);
    Instant now = here.clock().instant();
    ScheduleHistory scheduleHistory = store.runs(now);
    if (!scheduleHistory.due(schedule, now)) {
      return outcome(OutcomeKind.NOT_DUE, scheduleHistory);
    }
    Optional<RunLock> lock = lock();
    if (lock.isEmpty()) {
      return outcome(OutcomeKind.BUSY, scheduleHistory);
    }
    ScheduleOutcome outcome;
    try (RunLock _ = lock.get()) {
      // Another process may have ended it between the two.
      scheduleHistory = store.runs(now);
      outcome =
          scheduleHistory.due(schedule, now)
              ? locked(schedule)
              : outcome(OutcomeKind.NOT_DUE, scheduleHistory);
    }
    if (outcome.kind() == OutcomeKind.TRIED && outcome.result() != RunResult.CANCELLED) {
      lookAtLog(outcome.result());
      new PossessionPrinter(here, output).afterBackup(outcome.result());
      if (outcome.result() == RunResult.SUCCESS || outcome.result() == RunResult.PARTIAL) {
        new ScheduledDrill(here, output).look();
      }
    }
    return outcome;
  }

  /**
   * Counts a backup that a person has made as one by schedule, if it took all that the schedule
   * names. The caller holds the run lock. What is wrong with the schedule does not make the backup
   * fail.
   */
  void madeByHand(BackupCommand command, RunResult result) {
    if (result != RunResult.SUCCESS && result != RunResult.PARTIAL) {
      return;
    }
    try {
      Optional<Schedule> schedule = store.schedule();
      if (schedule.isPresent() && command.takesAllOf(BackupCommand.of(here, schedule.get()))) {
        Instant now = here.clock().instant();
        store.write(
            store.runs(now).madeByHand(schedule.get(), now, ZoneId.systemDefault(), here.random()));
      }
    } catch (AgentException e) {
      output.note(e.key(), e.arguments().toArray());
    } catch (ParameterException e) {
      // The scheduled one says that its arguments are not understood.
    }
  }

  /** Also after a backup that failed. Who is not signed in has heard so from the backup. */
  private void lookAtLog(RunResult backup) {
    try (SignedInAgent agent = SignedInAgent.open(here, output.messages().language())) {
      new PortalLogPrinter(here, output, agent).afterBackup(backup);
    } catch (AgentException e) {
      // Nothing can be asked for.
    }
  }

  /** The schedule; without one the person is told how to make one. */
  static Schedule require(ScheduleStore store) throws AgentException {
    return store
        .schedule()
        .orElseThrow(() -> new AgentException(RunResult.REFUSED, "schedule.none"));
  }

  private Optional<RunLock> lock() throws AgentException {
    try {
      return Optional.of(RunLock.take(home));
    } catch (AgentException e) {
      if (e.key().equals("state.run-active")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private ScheduleOutcome locked(Schedule schedule) throws AgentException {
    BackupDeferral deferral = new BackupDeferral(store, schedule, here.computer(), here.clock());
    MissedBackupReminder missing = new MissedBackupReminder(here, output, store);
    Optional<BackupDeferral.Reason> before = deferral.reason();
    if (before.isPresent()) {
      missing.look(schedule);
      return deferred(before);
    }
    RunResult result = tried(schedule, deferral);
    Instant now = here.clock().instant();
    ScheduleHistory scheduleHistory =
        store.runs(now).after(result, schedule, now, ZoneId.systemDefault(), here.random());
    store.write(scheduleHistory);
    missing.look(schedule);
    return result == RunResult.CANCELLED && deferral.last().isPresent()
        ? deferred(deferral.last())
        : new ScheduleOutcome(OutcomeKind.TRIED, result, Optional.empty(), scheduleHistory.next());
  }

  /** Whatever goes wrong is said here, because it decides when the next try is. */
  private RunResult tried(Schedule schedule, BackupDeferral deferral) {
    boolean lowered = here.computer().givesWay() && ProcessPriority.lower();
    if (!lowered && here.computer().givesWay()) {
      output.note("scheduled.priority");
    }
    try {
      BackupCommand command = BackupCommand.of(here, schedule);
      try (SignedInAgent agent = command.open(output)) {
        return command.backUp(output, agent, deferral);
      }
    } catch (ParameterException e) {
      return output.failure(new AgentException(RunResult.REFUSED, e, "scheduled.arguments"));
    } catch (AgentException | BackupStoreException | IOException | RuntimeException e) {
      return output.failure(e);
    }
  }

  private ScheduleOutcome deferred(Optional<BackupDeferral.Reason> reason) throws AgentException {
    Instant next = store.runs(here.clock().instant()).next();
    return new ScheduleOutcome(OutcomeKind.DEFERRED, RunResult.SUCCESS, reason, next);
  }

  private static ScheduleOutcome outcome(OutcomeKind kind, ScheduleHistory scheduleHistory) {
    return new ScheduleOutcome(kind, RunResult.SUCCESS, Optional.empty(), scheduleHistory.next());
  }
}
