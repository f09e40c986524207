package org.hikae.device.cli.harness;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Open file descriptors of this process, as a shell would hand them to the agent. */
public final class FileDescriptors implements AutoCloseable {

  private final Path folder;
  private final List<RandomAccessFile> open = new ArrayList<>();
  private int count;

  public FileDescriptors(Path folder) {
    this.folder = folder;
  }

  /** A descriptor from which this text is read. */
  public int with(String text) throws IOException {
    Path file = folder.resolve("fd-" + count++);
    Files.writeString(file, text, StandardCharsets.UTF_8);
    return numberOf(file);
  }

  /** A named pipe and its descriptor. */
  Pipe pipe() throws Exception {
    Path file = folder.resolve("pipe-" + count++);
    int made = new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
    if (made != 0) {
      throw new IOException("mkfifo failed");
    }
    RandomAccessFile handle = new RandomAccessFile(file.toFile(), "rw");
    open.add(handle);
    return new Pipe(find(file), handle);
  }

  /** A pipe that is open for both directions. */
  record Pipe(int number, RandomAccessFile handle) {}

  private int numberOf(Path file) throws IOException {
    open.add(new RandomAccessFile(file.toFile(), "r"));
    return find(file);
  }

  private static int find(Path file) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      for (Path link : all.toList()) {
        if (Files.isSymbolicLink(link) && pointsTo(link, file)) {
          return Integer.parseInt(link.getFileName().toString());
        }
      }
    }
    throw new IOException("no descriptor for " + file);
  }

  private static boolean pointsTo(Path link, Path file) {
    try {
      return Files.readSymbolicLink(link).equals(file.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    for (RandomAccessFile handle : open) {
      handle.close();
    }
  }
}
