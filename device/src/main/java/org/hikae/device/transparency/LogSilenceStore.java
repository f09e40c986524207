package org.hikae.device.transparency;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Since when the log has been asked for in vain, by this device's clock, and on how many days. One
 * look that failed before a holiday and one after it are no silence of a week. A file that cannot
 * be read is as if there were none.
 *
 * <p>Form: three numbers, asked first and asked last in seconds since 1970, and days with a
 * question.
 */
public final class LogSilenceStore {

  /** After so long silence is an alarm (spec HK1-X-10). */
  public static final Duration ALARM_AFTER = Duration.ofDays(7);

  /** On so many days it was asked in vain then. */
  static final int ALARM_DAYS = 3;

  /** Daily backups are not made to the minute. */
  private static final Duration NEXT_DAY = Duration.ofHours(20);

  private static final int MAX_BYTES = 40;
  private static final Pattern FORM = Pattern.compile("(\\d{1,12}) (\\d{1,12}) (\\d{1,6})");

  private final Path file;

  /** In the folder of what is kept of the log. */
  public LogSilenceStore(Path folder) {
    this.file = folder.resolve("silent-since");
  }

  private record SilencePeriod(long first, long last, int days) {

    String text() {
      return first + " " + last + " " + days;
    }
  }

  /** It is asked now: in vain, unless {@link #answered()} is said. */
  public void asked(Instant now) {
    long seconds = now.getEpochSecond();
    SilencePeriod before = read();
    if (before == null || before.first() > seconds) {
      // Also after a clock that was put back, which would make the silence longer for ever.
      write(new SilencePeriod(seconds, seconds, 1));
    } else if (before.last() > seconds) {
      write(new SilencePeriod(before.first(), seconds, before.days()));
    } else if (seconds - before.last() >= NEXT_DAY.toSeconds()) {
      write(new SilencePeriod(before.first(), seconds, before.days() + 1));
    }
  }

  /** It has answered. */
  public void answered() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // An alarm that comes too early says how long ago the log was seen.
    }
  }

  /** Since when it has been asked in vain, if for so long and so often that it is an alarm. */
  public Optional<Instant> alarming(Instant now) {
    SilencePeriod silence = read();
    boolean alarming =
        silence != null
            && silence.days() >= ALARM_DAYS
            && now.getEpochSecond() - silence.first() >= ALARM_AFTER.toSeconds();
    return silence != null && alarming
        ? Optional.of(Instant.ofEpochSecond(silence.first()))
        : Optional.empty();
  }

  private @Nullable SilencePeriod read() {
    try {
      if (Files.size(file) > MAX_BYTES) {
        return null;
      }
      Matcher parts = FORM.matcher(Files.readString(file, StandardCharsets.US_ASCII).strip());
      return parts.matches()
          ? new SilencePeriod(
              Long.parseLong(parts.group(1)),
              Long.parseLong(parts.group(2)),
              Integer.parseInt(parts.group(3)))
          : null;
    } catch (IOException e) {
      return null;
    }
  }

  private void write(SilencePeriod silence) {
    try {
      LogFolderWriter.replace(file, silence.text());
    } catch (IOException e) {
      // While it cannot be written each look in vain is told, and none is counted.
    }
  }
}
