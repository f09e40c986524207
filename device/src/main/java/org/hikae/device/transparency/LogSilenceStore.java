package org.hikae.device.transparency;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Since when the log has been asked for in vain, by this device's clock, in seconds since 1970. A
 * file that cannot be read or written is as if there were none: the silence begins anew then.
 */
public final class LogSilenceStore {

  /** After so long silence is an alarm (spec HK1-X-10). */
  public static final Duration ALARM_AFTER = Duration.ofDays(7);

  private static final int MAX_BYTES = 20;

  private final Path file;

  /** In the folder of what is kept of the log. */
  public LogSilenceStore(Path folder) {
    this.file = folder.resolve("silent-since");
  }

  /** It has answered. */
  public void answered() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // An alarm that comes too early says how long ago the log was seen.
    }
  }

  /** It has not. Since when, if for so long that it is an alarm. */
  public Optional<Instant> unanswered(Instant now) {
    Instant since = read().filter(then -> !then.isAfter(now)).orElse(null);
    if (since == null) {
      // Also after a clock that was put back, which would make the silence longer for ever.
      write(now);
      return Optional.empty();
    }
    return Duration.between(since, now).compareTo(ALARM_AFTER) >= 0
        ? Optional.of(since)
        : Optional.empty();
  }

  private Optional<Instant> read() {
    try {
      if (Files.size(file) > MAX_BYTES) {
        return Optional.empty();
      }
      long seconds = Long.parseLong(Files.readString(file, StandardCharsets.US_ASCII).strip());
      return Optional.of(Instant.ofEpochSecond(seconds));
    } catch (IOException | NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private void write(Instant now) {
    try {
      Files.writeString(file, now.getEpochSecond() + "\n", StandardCharsets.US_ASCII);
    } catch (IOException e) {
      // The next silence begins anew then, which is later than it should be and no less loud.
    }
  }
}
