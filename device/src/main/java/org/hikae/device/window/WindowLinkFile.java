package org.hikae.device.window;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.hikae.device.files.OwnerOnlyFiles;

/**
 * Hands the link to the browser: a page in a file that only its owner can read and that leads to
 * the window. An address among a program's arguments could be read by every user of the computer.
 * The link is behind a {@code #}, so the browser sends it to nobody.
 */
public final class WindowLinkFile implements AutoCloseable {

  private static final String NAME = "open-";
  private static final String END = ".html";

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="referrer" content="no-referrer">
      <meta http-equiv="refresh" content="0;url={address}">
      <title>Hikae</title>
      <p><a href="{address}" rel="noreferrer">Hikae</a></p>
      </html>
      """;

  private final Path path;

  private WindowLinkFile(Path path) {
    this.path = path;
  }

  /** Writes one into a folder that only its owner can look into. */
  public static WindowLinkFile write(Path folder, String address) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder, OwnerOnlyFiles.folder());
    }
    Path path = Files.createTempFile(folder, NAME, END, OwnerOnlyFiles.file());
    Files.writeString(path, PAGE.replace("{address}", address), StandardCharsets.UTF_8);
    return new WindowLinkFile(path);
  }

  /** Those of windows that were killed before they could take theirs away. */
  public static void forgetOlder(Path folder, Instant now, Duration age) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, NAME + "*" + END)) {
      for (Path file : left) {
        if (Files.getLastModifiedTime(file).compareTo(FileTime.from(now.minus(age))) < 0) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Takes it away; done when the link is of no use any more. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // What it says opens nothing any more, and the next window takes it away.
    }
  }
}
