package org.hikae.device.cli.backup;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.files.RawPath;
import org.hikae.device.schedule.Schedule;
import org.hikae.device.schedule.ScheduleHistory;
import org.hikae.device.schedule.SchedulePause;
import org.hikae.device.schedule.ScheduleStore;
import org.hikae.device.state.AgentHome;

/** Shows how scheduled backups stand. */
public final class SchedulePrinter {

  private final AgentEnvironment here;
  private final CommandOutput output;
  private final ScheduleStore store;

  public SchedulePrinter(AgentEnvironment here, CommandOutput output) {
    this.here = here;
    this.output = output;
    this.store = new ScheduleStore(AgentHome.of(here.environment(), here.userHome()));
  }

  /** In {@code hikae status}, which a damaged file must not stop. */
  public void status(Map<String, Object> fields) {
    try {
      Optional<Schedule> schedule = store.schedule();
      fields.put("scheduled", schedule.isPresent());
      if (schedule.isPresent()) {
        standing(schedule.get(), fields);
      }
    } catch (AgentException e) {
      output.note(e.key(), e.arguments().toArray());
    }
  }

  /** Everything of one schedule. */
  void whole(Schedule schedule, Map<String, Object> fields) throws AgentException {
    String arguments =
        schedule.arguments().stream()
            .map(argument -> RawPath.display(Schedule.bytes(argument)))
            .collect(Collectors.joining(" "));
    String at = String.format(Locale.ROOT, "%02d:%02d", schedule.at() / 60, schedule.at() % 60);
    fields.put("arguments", arguments);
    fields.put("directory", RawPath.display(Schedule.bytes(schedule.workingDirectory())));
    fields.put("everyHours", schedule.everyHours());
    fields.put("at", at);
    fields.put("onBattery", schedule.onBattery());
    fields.put("onMetered", schedule.onMetered());
    fields.put("warnAfterDays", schedule.warnAfterDays());
    output.say("schedule.what", arguments, fields.get("directory"));
    if (schedule.everyHours() == 24) {
      output.say("schedule.daily", at);
    } else {
      output.say("schedule.every", schedule.everyHours(), at);
    }
    output.say(schedule.onBattery() ? "schedule.on-battery" : "schedule.not-on-battery");
    output.say(schedule.onMetered() ? "schedule.on-metered" : "schedule.not-on-metered");
    standing(schedule, fields);
  }

  private void standing(Schedule schedule, Map<String, Object> fields) throws AgentException {
    Instant now = here.clock().instant();
    ScheduleHistory scheduleHistory = store.runs(now);
    Optional<SchedulePause> schedulePause = store.paused(now);
    fields.put("scheduledNextAt", scheduleHistory.next().toString());
    fields.put(
        "scheduledDoneAt",
        scheduleHistory.doneAt() == 0
            ? null
            : Instant.ofEpochSecond(scheduleHistory.doneAt()).toString());
    fields.put("scheduledByHandAt", scheduleHistory.byHand().map(Instant::toString).orElse(null));
    fields.put("scheduledFailures", scheduleHistory.failures());
    fields.put("paused", schedulePause.isPresent());
    schedulePause
        .flatMap(SchedulePause::end)
        .ifPresent(end -> fields.put("pausedUntil", end.toString()));
    if (scheduleHistory.doneAt() == 0) {
      output.say("schedule.never");
    } else {
      output.say("schedule.done", Instant.ofEpochSecond(scheduleHistory.doneAt()));
    }
    scheduleHistory.byHand().ifPresent(at -> output.say("schedule.by-hand", at));
    if (scheduleHistory.failures() > 0) {
      output.say("schedule.failures", scheduleHistory.failures());
    }
    if (schedulePause.isPresent()) {
      paused(schedulePause.get());
    } else if (scheduleHistory.due(schedule, now)) {
      output.say("schedule.due");
    } else {
      output.say("schedule.next", scheduleHistory.next());
    }
    if (scheduleHistory.daysWithout(now) >= schedule.warnAfterDays()) {
      output.note("missing.note", scheduleHistory.daysWithout(now));
    }
  }

  /** Until when. */
  void paused(SchedulePause schedulePause) {
    if (schedulePause.end().isPresent()) {
      output.say("pause.until", schedulePause.end().get());
    } else {
      output.say("pause.on");
    }
  }
}
