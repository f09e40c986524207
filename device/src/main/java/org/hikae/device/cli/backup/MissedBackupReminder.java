package org.hikae.device.cli.backup;

import java.time.Instant;
import java.util.Map;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DesktopNotification;
import org.hikae.device.schedule.Schedule;
import org.hikae.device.schedule.ScheduleHistory;
import org.hikae.device.schedule.ScheduleStore;

/** Tells the person, once a day, that scheduled backups have been missing for days. */
final class MissedBackupReminder {

  private final AgentEnvironment here;
  private final CommandOutput output;
  private final ScheduleStore store;

  MissedBackupReminder(AgentEnvironment here, CommandOutput output, ScheduleStore store) {
    this.here = here;
    this.output = output;
    this.store = store;
  }

  /** Looks; on the desktop and on standard error. */
  void look(Schedule schedule) throws AgentException {
    Instant now = here.clock().instant();
    ScheduleHistory scheduleHistory = store.runs(now);
    if (!scheduleHistory.tell(schedule, now)) {
      return;
    }
    long days = scheduleHistory.daysWithout(now);
    boolean seen =
        DesktopNotification.show(
            here,
            output.messages().get("missing.title"),
            output.messages().get("missing.text", days));
    output.note("missing.note", days);
    output.event("missing", Map.of("days", days, "shown", seen));
    store.write(scheduleHistory.told(now));
  }
}
