package org.hikae.device.possession;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.device.AgentJson;
import org.hikae.device.files.OwnerOnlyFiles;
import org.hikae.device.state.AgentHome;
import org.jspecify.annotations.Nullable;

/**
 * Wrong answers as evidence, each in a file, beside it what came. They stand until a person moves
 * them aside: a portal that answers rightly again has explained nothing (spec HK1-Q-06). A file
 * that cannot be read stands, too.
 */
public final class PossessionAlarmStore {

  /** More say nothing new. */
  static final int MAX_KEPT = 100;

  private static final String PREFIX = "failure-";
  private static final Pattern NAME =
      Pattern.compile("failure-(\\d{1,13})-[0-9a-f]{16}-\\d{1,4}\\.json");
  private static final Duration TOLD_AGAIN = Duration.ofHours(20);
  private static final int NAME_DIGITS = 16;

  private final AgentHome home;
  private final Path folder;

  /** In this home. */
  public PossessionAlarmStore(AgentHome home) {
    this.home = home;
    this.folder = home.possessionFolder();
  }

  /** What nobody has explained yet. */
  public Optional<PossessionAlarm> standing() {
    List<Path> kept;
    try {
      kept = failures();
    } catch (IOException e) {
      return Optional.of(new PossessionAlarm(Instant.EPOCH, 0));
    }
    return kept.stream()
        .map(PossessionAlarmStore::since)
        .min(Instant::compareTo)
        .map(first -> new PossessionAlarm(first, kept.size()));
  }

  private List<Path> failures() throws IOException {
    List<Path> kept = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, PREFIX + "*.json")) {
      all.forEach(kept::add);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return kept;
  }

  private static Instant since(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? Instant.ofEpochSecond(Long.parseLong(name.group(1))) : Instant.EPOCH;
  }

  /**
   * Keeps one, before anybody is told.
   *
   * @param part what came in place of the part; null for nothing
   */
  void keep(PossessionFailure failure, byte @Nullable [] part) throws IOException {
    if (failures().size() >= MAX_KEPT) {
      return;
    }
    String name =
        String.format(
            Locale.ROOT,
            "%s%d-%s-%d",
            PREFIX,
            Math.max(0, failure.at().getEpochSecond()),
            failure.pack().substring(0, NAME_DIGITS),
            failure.bucket());
    if (part != null) {
      write(name + ".part", part);
    }
    write(name + ".json", AgentJson.mapper().writeValueAsBytes(failure));
  }

  private void write(String name, byte[] bytes) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder, OwnerOnlyFiles.folder());
    }
    Files.write(
        folder.resolve(name),
        bytes,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
  }

  /** Where all of it is. */
  public Path folder() {
    return folder;
  }

  /** Whether the person is to be told on the desktop as well; once a day. */
  public boolean tellsNow(Instant now) {
    long ago = now.getEpochSecond() - toldAt();
    if (ago >= 0 && ago < TOLD_AGAIN.toSeconds()) {
      return false;
    }
    try {
      write("told", String.valueOf(now.getEpochSecond()).getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // Told with each run, then.
    }
    return true;
  }

  private long toldAt() {
    try {
      Path told = folder.resolve("told");
      String text = Files.size(told) > 20 ? "" : Files.readString(told, StandardCharsets.US_ASCII);
      return text.matches("\\d{1,12}") ? Long.parseLong(text) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** Moves the evidence aside, since somebody has explained it; where it is then. */
  public Path forget(Instant now) throws IOException {
    Path aside = Files.createTempDirectory(folder, "explained-" + now.getEpochSecond() + "-");
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path each : all) {
        Files.move(each, aside.resolve(each.getFileName()));
      }
    } catch (NotDirectoryException e) {
      throw new IOException(home.folder() + " is no folder of the agent", e);
    }
    Files.deleteIfExists(folder.resolve("told"));
    return aside;
  }
}
