package org.hikae.device.cli.possession;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DesktopNotification;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.diagnostics.RunHistoryStore;
import org.hikae.device.portal.RunReporter;
import org.hikae.device.possession.ChallengeSample;
import org.hikae.device.possession.ChallengeSampleStore;
import org.hikae.device.possession.PossessionAlarm;
import org.hikae.device.possession.PossessionAlarmStore;
import org.hikae.device.possession.PossessionCheck;
import org.hikae.device.possession.PossessionFailure;
import org.hikae.device.possession.PossessionResult;
import org.hikae.device.run.RunTotals;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.UnlockedSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts challenges to the portal, tells the person what is wrong with its answers, in each run and
 * once a day on the desktop, and tells the portal's IT (spec HK1-Q-06).
 */
public final class PossessionPrinter {

  private final AgentEnvironment here;
  private final CommandOutput output;
  private final AgentHome home;
  private final PossessionAlarmStore alarms;
  private final ChallengeSampleStore kept;

  public PossessionPrinter(AgentEnvironment here, CommandOutput output) {
    this.here = here;
    this.output = output;
    this.home = AgentHome.of(here.environment(), here.userHome());
    this.alarms = new PossessionAlarmStore(home);
    this.kept = new ChallengeSampleStore(home, here.clock());
  }

  /** The alarm that stands, in one sentence. */
  public static Optional<String> standing(Messages messages, AgentHome home) {
    PossessionAlarmStore alarms = new PossessionAlarmStore(home);
    return alarms
        .standing()
        .map(alarm -> messages.get("possession.standing", arguments(alarm, alarms)));
  }

  private static Object[] arguments(PossessionAlarm alarm, PossessionAlarmStore alarms) {
    return new Object[] {alarm.since(), alarm.failures(), alarms.folder()};
  }

  /** After a backup that made a snapshot: whatever is wrong here is said, and ends no backup. */
  public void afterBackup(RunResult backup) {
    if (backup != RunResult.SUCCESS && backup != RunResult.PARTIAL) {
      standing();
      return;
    }
    // Once: what is not answered now is asked another time.
    try (SignedInAgent agent = SignedInAgent.openOnce(here, output.messages().language())) {
      String setId = setId(agent);
      if (setId != null) {
        Instant began = here.clock().instant();
        tell(agent, check(agent).byItself(setId), began);
      }
    } catch (AgentException e) {
      standing();
    }
  }

  /** Asks so many because a person wants it. */
  PossessionResult ask(SignedInAgent agent, String setId, int most) {
    Instant began = here.clock().instant();
    PossessionResult result = check(agent).ask(setId, most);
    tell(agent, result, began);
    return result;
  }

  static @Nullable String setId(SignedInAgent agent) throws AgentException {
    UnlockedSet set = agent.stateFile().require().set();
    return set == null ? null : set.setId();
  }

  private PossessionCheck check(SignedInAgent agent) {
    return new PossessionCheck(
        agent.store(), kept, alarms, here.clock(), here.random(), here.pause()::nanos);
  }

  private void tell(SignedInAgent agent, PossessionResult result, Instant began) {
    if (result.asked() > 0) {
      event(result);
    }
    if (result.failures().isEmpty()) {
      standing();
      return;
    }
    alarm(result);
    report(agent, result, began);
  }

  private void event(PossessionResult result) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("asked", result.asked());
    fields.put("answered", result.answered());
    fields.put("failed", result.failures().size());
    fields.put("withheld", result.withheld());
    fields.put("bytesReceived", result.bytes());
    output.event("possession", fields);
  }

  private void alarm(PossessionResult result) {
    boolean shown = onDesktop();
    for (PossessionFailure failure : result.failures()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("fault", "POSSESSION_" + failure.fault());
      fields.put("pack", failure.pack());
      fields.put("bucket", failure.bucket());
      fields.put("expected", failure.expected());
      fields.put("came", failure.came());
      fields.put("shown", shown);
      output.event("alarm", fields);
      output.note(
          "possession.fault." + failure.fault(), failure.pack(), failure.bucket(), failure.came());
    }
    output.note(result.unkept() ? "possession.unkept" : "possession.evidence", alarms.folder());
    output.note("possession.what-to-do");
  }

  private void standing() {
    Optional<PossessionAlarm> standing = alarms.standing();
    if (standing.isPresent()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("fault", "POSSESSION");
      fields.put("since", standing.get().since().toString());
      fields.put("shown", onDesktop());
      output.event("alarm", fields);
      output.note("possession.standing", arguments(standing.get(), alarms));
    }
  }

  /** IT hears of it as of a verification that found damage: a result and numbers, no name. */
  private void report(SignedInAgent agent, PossessionResult result, Instant began) {
    Duration length = Duration.between(began, here.clock().instant());
    new RunHistoryStore(home).ended(RunReport.Kind.VERIFY, began, length, RunResult.CORRUPT, null);
    RunTotals totals =
        new RunTotals(0, 0, 0, 0, 0, result.failures().size(), 0, 0, 0, result.bytes(), 0);
    try (RunReporter reporter =
        new RunReporter(
            agent.portal(),
            agent.spool(),
            RunReport.Kind.VERIFY,
            here.clock(),
            here.random(),
            refused -> {})) {
      if (!reporter.end(RunResult.CORRUPT, totals)) {
        output.note("run.report-waits");
      }
    }
  }

  /** What stands, and what was answered, without asking. */
  public void status(Map<String, Object> fields) {
    Optional<PossessionAlarm> standing = alarms.standing();
    fields.put(
        "possessionAlarmSince", standing.map(alarm -> alarm.since().toString()).orElse(null));
    Optional<ChallengeSample> sample = kept.read();
    fields.put("possessionAnswered", sample.map(ChallengeSample::answered).orElse(0L));
    Instant last = sample.map(ChallengeSample::answeredAt).orElse(null);
    fields.put("possessionAnsweredAt", last);
    if (last != null) {
      long days = Math.max(0, Duration.between(last, here.clock().instant()).toDays());
      output.say("possession.answered", sample.get().answered(), days);
    }
    standing.ifPresent(alarm -> output.note("possession.standing", arguments(alarm, alarms)));
  }

  /** Says what a person's asking came to. */
  void summary(PossessionResult result) {
    if (result.asked() > 0) {
      output.say(
          "possession.asked",
          result.asked(),
          result.answered(),
          DisplayFormat.bytes(result.bytes()));
    }
  }

  private boolean onDesktop() {
    return alarms.tellsNow(here.clock().instant())
        && DesktopNotification.show(
            here,
            output.messages().get("possession.alarm-title"),
            output.messages().get("possession.alarm-text"));
  }
}
