package org.hikae.device.cli.log;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DesktopNotification;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.transparency.LogAlarm;
import org.hikae.device.transparency.LogAlarmStore;
import org.hikae.device.transparency.LogSilenceStore;
import org.hikae.device.transparency.PortalLogResult;
import org.hikae.device.transparency.PortalLogState;
import org.hikae.transparency.log.wire.KeptCheckpointStore;
import org.hikae.transparency.log.wire.TransparencyLogFault;
import org.jspecify.annotations.Nullable;

/**
 * Tells the person what is wrong with the portal's log, in each run, and once a day on the desktop:
 * most backups are made while nobody reads what they say.
 */
public final class LogAlarmPrinter {

  private final AgentEnvironment here;
  private final CommandOutput output;
  private final Path folder;
  private final LogAlarmStore alarms;
  private final LogSilenceStore silence;

  /** Of the log that this folder is about. */
  public LogAlarmPrinter(AgentEnvironment here, CommandOutput output, Path folder) {
    this.here = here;
    this.output = output;
    this.folder = folder;
    this.alarms = new LogAlarmStore(folder);
    this.silence = new LogSilenceStore(folder);
  }

  /** The alarm that stands about the log that this folder is about, in one sentence. */
  public static Optional<String> standing(Messages messages, Path folder) {
    return new LogAlarmStore(folder)
        .standing()
        .map(alarm -> messages.get("log.standing", arguments(alarm, folder)));
  }

  private static Object[] arguments(LogAlarm alarm, Path folder) {
    return new Object[] {alarm.since(), alarm.code(), folder};
  }

  /** Says that something contradicts, or did, and where the evidence is. */
  void alarm(PortalLogResult result) {
    if (result.state() == PortalLogState.STANDING) {
      standing();
    } else {
      event(result.code(), result.kept());
      output.note("log.fault." + result.code(), result.size(), result.before());
      evidence(result);
    }
    output.note("log.what-to-do");
  }

  private void event(String code, @Nullable Path kept) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("fault", "LOG_" + code);
    fields.put("since", alarms.standing().map(alarm -> alarm.since().toString()).orElse(null));
    fields.put("kept", kept == null ? null : kept.toString());
    fields.put("shown", onDesktop());
    output.event("alarm", fields);
  }

  private void evidence(PortalLogResult result) {
    Path kept = result.kept();
    if (kept == null) {
      output.note("log.full", folder);
    } else if (result.fault() == TransparencyLogFault.FORKED) {
      output.note("log.evidence", folder, kept);
    } else {
      output.note("log.unproven", folder, kept);
    }
  }

  /** Tells the alarm that stands, if any. */
  void standing() {
    alarms
        .standing()
        .ifPresent(
            alarm -> {
              event(alarm.code(), null);
              output.note("log.standing", arguments(alarm, folder));
            });
  }

  /** One line; when it has gone on for long it is an alarm. What stands is told as well. */
  void silent() {
    output.note("log.silent");
    standing();
    silentFor(here.clock().instant());
  }

  /** A portal of before logs has none; when that has gone on for long the person is to know. */
  void none() {
    silentFor(here.clock().instant());
  }

  /** No alarm while no end of a log was ever seen here. */
  private void silentFor(Instant now) {
    Optional<Instant> since = silence.alarming(now);
    if (since.isEmpty()) {
      return;
    }
    long days = Duration.between(since.get(), now).toDays();
    if (new KeptCheckpointStore(folder).isEmpty()) {
      output.note("log.none-long", days);
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("fault", "LOG_SILENT");
    fields.put("days", days);
    fields.put("shown", onDesktop());
    output.event("alarm", fields);
    output.note("log.silent-long", days);
  }

  /** What stands, without a look. */
  public void status(Map<String, Object> fields) {
    Optional<LogAlarm> standing = alarms.standing();
    Instant now = here.clock().instant();
    fields.put("logAlarm", standing.map(LogAlarm::code).orElse(null));
    fields.put("logAlarmSince", standing.map(alarm -> alarm.since().toString()).orElse(null));
    fields.put("logSilentSince", silence.alarming(now).map(Instant::toString).orElse(null));
    standing.ifPresent(alarm -> output.note("log.standing", arguments(alarm, folder)));
    silentFor(now);
  }

  private boolean onDesktop() {
    return alarms.tellsNow(here.clock().instant())
        && DesktopNotification.show(
            here,
            output.messages().get("log.alarm-title"),
            output.messages().get("log.alarm-text"));
  }
}
