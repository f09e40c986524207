package org.hikae.device.cli.backup;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.schedule.SchedulePause;
import org.hikae.device.schedule.ScheduleStore;
import org.hikae.device.state.AgentHome;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Puts scheduled backups off. */
@Command(
    name = "pause",
    description =
        "Make no scheduled backup for a while. One that is at work ends within seconds; what it has"
            + " sent is used by the next one. Without an option until hikae resume.")
public final class PauseCommand extends AgentCommand {

  private static final Pattern SPAN = Pattern.compile("([0-9]{1,4})([mhd])");
  private static final Duration LONGEST = Duration.ofDays(366);

  @ArgGroup private PauseLength howLong = new PauseLength();

  /** One of them, or none. */
  private static final class PauseLength {
    @Option(
        names = "--for",
        paramLabel = "SPAN",
        description = "For so long: minutes, hours or days, such as 45m, 2h or 3d.")
    private @Nullable String span;

    @Option(
        names = "--until",
        paramLabel = "TIME",
        description = "Until then: 18:00, 2026-08-01 or 2026-08-01T18:00.")
    private @Nullable String until;
  }

  public PauseCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    ScheduleStore store = new ScheduleStore(AgentHome.of(here().environment(), here().userHome()));
    var _ = ScheduledBackup.require(store);
    SchedulePause schedulePause =
        SchedulePause.until(end(here().clock().instant(), ZoneId.systemDefault()));
    store.pause(schedulePause);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("until", schedulePause.end().map(Instant::toString).orElse(null));
    output.event("pause", fields);
    new SchedulePrinter(here(), output).paused(schedulePause);
    return RunResult.SUCCESS;
  }

  private Optional<Instant> end(Instant now, ZoneId zone) throws AgentException {
    if (howLong.span != null) {
      return Optional.of(checked(howLong.span, now.plus(span(howLong.span)), now));
    }
    if (howLong.until != null) {
      return Optional.of(checked(howLong.until, moment(howLong.until, now.atZone(zone)), now));
    }
    return Optional.empty();
  }

  private static Duration span(String text) throws AgentException {
    Matcher parts = SPAN.matcher(text);
    if (!parts.matches()) {
      throw malformed(text);
    }
    long number = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static Instant moment(String text, ZonedDateTime now) throws AgentException {
    ZoneId zone = now.getZone();
    try {
      if (text.contains("T")) {
        return LocalDateTime.parse(text).atZone(zone).toInstant();
      }
      if (!text.contains(":")) {
        return LocalDate.parse(text).atStartOfDay(zone).toInstant();
      }
      ZonedDateTime today = now.toLocalDate().atTime(LocalTime.parse(text)).atZone(zone);
      return (today.isAfter(now) ? today : today.plusDays(1)).toInstant();
    } catch (DateTimeException e) {
      throw malformed(text);
    }
  }

  private static Instant checked(String text, Instant end, Instant now) throws AgentException {
    if (!end.isAfter(now) || end.isAfter(now.plus(LONGEST))) {
      throw malformed(text);
    }
    return end;
  }

  private static AgentException malformed(String text) {
    return new AgentException(RunResult.REFUSED, "pause.malformed", text);
  }
}
