package org.hikae.device.transparency;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first alarm about a log, which stands until a person moves it aside: a portal that shows the
 * right log again has explained nothing. One that cannot be read stands, too.
 */
public final class LogAlarmStore {

  private static final Duration TOLD_AGAIN = Duration.ofHours(20);
  private static final int MAX_BYTES = 64;
  private static final Pattern FORM = Pattern.compile("([A-Z_]{1,32}) (\\d{1,12})");
  private static final Pattern TIME = Pattern.compile("\\d{1,12}");

  private final Path file;
  private final Path told;

  /** In the folder of what is kept of the log. */
  public LogAlarmStore(Path folder) {
    this.file = folder.resolve("alarm");
    this.told = folder.resolve("alarm-told");
  }

  /** The alarm that stands, if any. */
  public Optional<LogAlarm> standing() {
    try {
      Matcher parts = FORM.matcher(text(file));
      return Optional.of(
          parts.matches()
              ? new LogAlarm(parts.group(1), Instant.ofEpochSecond(Long.parseLong(parts.group(2))))
              : new LogAlarm("UNKNOWN", Files.getLastModifiedTime(file).toInstant()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(new LogAlarm("UNKNOWN", Instant.EPOCH));
    }
  }

  private static String text(Path small) throws IOException {
    if (Files.size(small) > MAX_BYTES) {
      return "";
    }
    return Files.readString(small, StandardCharsets.ISO_8859_1).strip();
  }

  /** Has it stand, unless another one does already; before anybody is told. */
  void raise(String code, Instant now) throws IOException {
    if (standing().isEmpty()) {
      LogFolderWriter.replace(file, code + " " + now.getEpochSecond(), StandardOpenOption.SYNC);
    }
  }

  /** Whether the person is to be told on the desktop as well; once a day. */
  public boolean tellsNow(Instant now) {
    long ago = now.getEpochSecond() - toldAt();
    if (ago >= 0 && ago < TOLD_AGAIN.toSeconds()) {
      return false;
    }
    try {
      LogFolderWriter.replace(told, String.valueOf(now.getEpochSecond()));
    } catch (IOException e) {
      // Told with each run, then.
    }
    return true;
  }

  private long toldAt() {
    try {
      String text = text(told);
      return TIME.matcher(text).matches() ? Long.parseLong(text) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
