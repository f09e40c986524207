package org.hikae.device.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Tries to lock a file from a process of its own: the system tells only processes apart. */
public final class OtherProcessLock {

  private OtherProcessLock() {}

  /** Whether another process than this one could lock a file, which exists, at the moment. */
  public static boolean isFree(Path file) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            OtherProcessLock.class.getName(),
            file.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IOException("exit " + exit + ": " + said);
      }
      return said.strip().equals("free");
    } finally {
      process.destroyForcibly();
    }
  }

  /** Says {@code free} or {@code held} of the file that it is called with. */
  public static void main(String[] arguments) throws IOException {
    try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
      System.out.println(channel.tryLock() == null ? "held" : "free");
    }
  }
}
