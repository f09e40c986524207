package org.hikae.device.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A fresh directory for one test, with raw access to it; everything is removed at the end. */
public final class TemporaryTree implements AutoCloseable {

  private final RawFiles files = RawFiles.open();
  private final Path place;

  /** Makes the directory. */
  public TemporaryTree() throws IOException {
    this(Files.createTempDirectory("hikae-test"));
  }

  private TemporaryTree(Path made) throws IOException {
    place = made.toRealPath();
  }

  /**
   * Makes it where others seldom make anything: a snapshot has the times of the directories above
   * too, and those of the system's temporary one change all the time. That is not never: another
   * process of the same tests makes its own directory next to this one, and the project may lie
   * below the temporary one.
   */
  public static TemporaryTree apart() throws IOException {
    Path own = Path.of("target", "trees-" + ProcessHandle.current().pid());
    Files.createDirectories(own);
    return new TemporaryTree(Files.createTempDirectory(own, "hikae-test"));
  }

  /** Raw access. */
  public RawFiles files() {
    return files;
  }

  /** The directory. */
  public Path place() {
    return place;
  }

  /** A path below. */
  public RawPath path(String below) {
    return RawPath.of(place + "/" + below);
  }

  /** Makes a directory below and opens it. */
  public FileHandle makeDirectory(String below) throws IOException {
    Files.createDirectories(place.resolve(below));
    return files.openDirectoryFollowing(path(below));
  }

  @Override
  public void close() throws IOException {
    try (FileHandle top = files.openDirectoryFollowing(RawPath.of(place.toString()))) {
      empty(top);
    }
    Files.delete(place);
    files.close();
  }

  private void empty(FileHandle directory) throws IOException {
    for (byte[] name : files.list(directory)) {
      if (files.status(directory, name).type() == FileType.DIRECTORY) {
        files.changeMode(directory, name, 0700);
        try (FileHandle inner = files.openDirectory(directory, name)) {
          empty(inner);
        }
        files.removeDirectory(directory, name);
      } else {
        files.remove(directory, name);
      }
    }
  }
}
