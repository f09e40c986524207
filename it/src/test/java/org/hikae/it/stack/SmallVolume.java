package org.hikae.it.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A copy of a folder on a small volume in memory, which processes that enter its mount name space
 * see in the folder's place. It is gone with the process that holds it, whatever ends the tests.
 * Root may make one, and so may others where the kernel lets them have a user name space; elsewhere
 * the test fails, because a volume that does not get full shows nothing.
 */
final class SmallVolume implements AutoCloseable {

  private static final String LARGE = "8g";

  private static final String LIMIT =
      """
      used=$(df -k --output=used "$1" | tail -n 1)
      mount -o remount,size=$((used + $2))k "$1"
      """;

  private static final String MAKE =
      """
      set -e
      folder=$1
      mkdir -p "$folder.small"
      mount -t tmpfs -o size=8g,mode=700 tmpfs "$folder.small"
      cp -a "$folder/." "$folder.small/"
      mount --bind "$folder.small" "$folder"
      : > "$folder.ready"
      exec sleep infinity
      """;

  private final Path folder;
  private final ManagedProcess holder;

  private SmallVolume(Path folder, ManagedProcess holder) {
    this.folder = folder;
    this.holder = holder;
  }

  private static boolean root() {
    return System.getProperty("user.name").equals("root");
  }

  /** Makes one, not yet small, of what lies in a folder that nobody writes to. */
  static SmallVolume of(Path folder) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
    if (!root()) {
      command.add("--map-root-user");
    }
    command.addAll(List.of("bash", "-c", MAKE, "volume", folder.toString()));
    Path ready = folder.resolveSibling(folder.getFileName() + ".ready");
    Files.deleteIfExists(ready);
    ManagedProcess holder =
        ManagedProcess.start(
            "small volume", folder.resolveSibling("small-volume.log"), Map.of(), command);
    holder.await(Duration.ofMinutes(1), () -> Files.exists(ready));
    return new SmallVolume(folder, holder);
  }

  /** What to put before a command so that it sees the volume. */
  List<String> entering() {
    List<String> command =
        new ArrayList<>(List.of("nsenter", "--target", String.valueOf(holder.pid()), "--mount"));
    if (!root()) {
      command.addAll(List.of("--user", "--preserve-credentials"));
    }
    return command;
  }

  /** The path by which this process reaches what lies on the volume. */
  Path inside(Path path) {
    return Path.of("/proc", String.valueOf(holder.pid()), "root" + path.toAbsolutePath());
  }

  /** From now on there is room for so many KiB more. */
  void limit(int kib) throws IOException, InterruptedException {
    run("bash", "-e", "-c", LIMIT, "volume", folder + ".small", String.valueOf(kib));
  }

  /** From now on there is room enough. */
  void grow() throws IOException, InterruptedException {
    run("mount", "-o", "remount,size=" + LARGE, folder + ".small");
  }

  /** Puts what lies on the volume, which nobody writes to any more, into the folder itself. */
  void keep() throws IOException, InterruptedException {
    Path copy = folder.resolveSibling(folder.getFileName() + ".copy");
    run("cp", "-a", folder.toString(), copy.toString());
    close();
    Path old = folder.resolveSibling(folder.getFileName() + ".old");
    Files.move(folder, old);
    Files.move(copy, folder);
    run(List.of("rm", "-rf", old.toString()));
  }

  private void run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(entering());
    command.addAll(List.of(arguments));
    run(command);
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IOException("failed: " + command);
    }
  }

  @Override
  public void close() {
    try {
      holder.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
