package org.hikae.device.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A lock of a file by a process of its own, until it is closed: the system tells only processes
 * apart.
 */
public final class OtherProcessLock implements AutoCloseable {

  private static final String HELD = "held";
  private static final String FREE = "free";

  private final Process process;

  private OtherProcessLock(Process process) {
    this.process = process;
  }

  /** Whether another process than this one could lock a file, which exists, at the moment. */
  public static boolean isFree(Path file) throws IOException {
    try (OtherProcessLock lock = start(file)) {
      return lock.said().equals(FREE);
    }
  }

  /** Locks a file, which exists and which nobody has locked. */
  public static OtherProcessLock hold(Path file) throws IOException {
    OtherProcessLock lock = start(file);
    boolean held = false;
    try {
      held = lock.said().equals(FREE);
      if (!held) {
        throw new IOException(file + " is locked already");
      }
      return lock;
    } finally {
      if (!held) {
        lock.close();
      }
    }
  }

  private static OtherProcessLock start(Path file) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            OtherProcessLock.class.getName(),
            file.toString());
    return new OtherProcessLock(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  private String said() throws IOException {
    // Its stream is closed with the process.
    BufferedReader out = process.inputReader();
    String line = out.readLine();
    if (!FREE.equals(line) && !HELD.equals(line)) {
      throw new IOException("the other process says " + line);
    }
    return line;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says {@code free} or {@code held} of its file, and holds one that was free until its end. */
  public static void main(String[] arguments) throws IOException {
    try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      System.out.println(lock == null ? HELD : FREE);
      var _ = System.in.read();
    }
  }
}
