package org.hikae.device.cli.window;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hikae.device.AgentException;
import org.hikae.device.cli.backup.PauseCommand;
import org.hikae.device.cli.backup.ResumeCommand;
import org.hikae.device.cli.backup.ScheduleCommand;
import org.hikae.device.cli.backup.ScheduledArguments;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.Messages;
import org.hikae.device.cli.command.RawArguments;
import org.hikae.device.cli.dialog.FailureView;
import org.hikae.device.cli.dialog.WindowOutputListener;
import org.hikae.device.cli.run.BandwidthOptions;
import org.hikae.device.cli.window.ScheduleView.ScheduledFolder;
import org.hikae.device.cli.window.WindowRequests.PauseRequest;
import org.hikae.device.cli.window.WindowRequests.ScheduleRequest;
import org.hikae.device.files.RawPath;
import org.hikae.device.schedule.Schedule;
import org.hikae.device.schedule.ScheduleHistory;
import org.hikae.device.schedule.SchedulePause;
import org.hikae.device.schedule.ScheduleStore;
import org.hikae.device.schedule.SystemdTimer;
import org.hikae.device.state.AgentHome;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/** The schedule and its pause, changed by the commands that a person would have typed. */
final class WindowSchedule {

  private final AgentEnvironment here;

  /** For commands where nobody sits, in the person's home. */
  WindowSchedule(AgentEnvironment here) {
    this.here = here.unattended(here.userHome().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Whether something on this computer begins what is scheduled: the person's systemd, or whatever
   * has begun a backup since the schedule was set. A schedule by itself begins nothing.
   */
  static boolean begun(AgentEnvironment here, ScheduleHistory runs) {
    return runs.failures() > 0
        || runs.doneAt() >= runs.since()
        || new SystemdTimer(here.environment(), here.userHome(), here.computer().programs())
            .installed();
  }

  /** A change: how it is now, or why it was refused. */
  record ScheduleChange(@Nullable ScheduleView view, @Nullable FailureView failure) {}

  ScheduleView view() throws AgentException {
    return view(List.of());
  }

  private ScheduleView view(List<String> notes) throws AgentException {
    ScheduleStore store = store();
    Optional<Schedule> kept = store.schedule();
    if (kept.isEmpty()) {
      return new ScheduleView(
          false, List.of(), List.of(), 24, "12:30", false, false, 3, null, false, null, false, null,
          notes);
    }
    Schedule schedule = kept.get();
    ScheduledArguments arguments = ScheduledArguments.of(here, schedule);
    Instant now = here.clock().instant();
    ScheduleHistory runs = store.runs(now);
    Optional<SchedulePause> pause = store.paused(now);
    return new ScheduleView(
        true,
        arguments.paths().stream().map(WindowSchedule::folder).toList(),
        arguments.options().stream().map(WindowSchedule::shown).toList(),
        schedule.everyHours(),
        String.format(Locale.ROOT, "%02d:%02d", schedule.at() / 60, schedule.at() % 60),
        schedule.onBattery(),
        schedule.onMetered(),
        schedule.warnAfterDays(),
        arguments.uploadKib(),
        begun(here, runs),
        runs.next(),
        pause.isPresent(),
        pause.flatMap(SchedulePause::end).orElse(null),
        notes);
  }

  private ScheduleStore store() {
    return new ScheduleStore(AgentHome.of(here.environment(), here.userHome()));
  }

  private static ScheduledFolder folder(RawPath path) {
    return new ScheduledFolder(path.toString(), TextCodec.base64(path.toBytes()));
  }

  private static String shown(String carried) {
    return RawPath.display(RawArguments.bytes(carried));
  }

  /** What the page does not show stays, and so does where it is relative to. */
  ScheduleChange set(String language, ScheduleRequest request) throws AgentException {
    List<String> carried = new ArrayList<>();
    carried.add("--at=" + RawArguments.carry(WindowRequests.line(request.at())));
    if (request.everyHours() != null) {
      carried.add("--every=" + request.everyHours());
    }
    if (request.onBattery()) {
      carried.add("--on-battery");
    }
    if (request.onMetered()) {
      carried.add("--on-metered");
    }
    carried.add("--warn-after=" + request.warnAfterDays());
    if (request.uploadLimit() != null) {
      carried.add(BandwidthOptions.LIMIT_UPLOAD + "=" + request.uploadLimit());
    }
    AgentEnvironment where = here;
    Optional<Schedule> before = store().schedule();
    if (before.isPresent()) {
      carried.addAll(ScheduledArguments.of(here, before.get()).options());
      where = here.unattended(Schedule.bytes(before.get().workingDirectory()));
    }
    if (request.folders().size() > WindowRequests.MAX_ITEMS) {
      throw WindowRequests.malformed();
    }
    for (String rawPath : request.folders()) {
      carried.add(RawArguments.carried(WindowRequests.path(rawPath).toBytes()));
    }
    return done(language, new ScheduleCommand(where).with(carried));
  }

  ScheduleChange off(String language) throws AgentException {
    return done(language, new ScheduleCommand(here).with(List.of("--off")));
  }

  ScheduleChange pause(String language, PauseRequest request) throws AgentException {
    String span = request.span();
    List<String> carried =
        span == null
            ? List.of()
            : List.of("--for=" + RawArguments.carry(WindowRequests.line(span)));
    return done(language, new PauseCommand(here).with(carried));
  }

  ScheduleChange resume(String language) throws AgentException {
    return done(language, new ResumeCommand(here).with(List.of()));
  }

  private ScheduleChange done(String language, AgentCommand command) throws AgentException {
    WindowOutputListener listener = new WindowOutputListener();
    var _ = command.call(new CommandOutput(here, Messages.in(language), listener));
    FailureView failure = listener.failure();
    return failure == null
        ? new ScheduleChange(view(listener.notes()), null)
        : new ScheduleChange(null, failure);
  }
}
