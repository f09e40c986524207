package org.hikae.device.cli.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a process that sees a folder on a disk of its own with so many bytes and no more: a memory
 * file system in a mount name space that ends with the process. Root may make one, and so may
 * others where the kernel lets them have a user name space; elsewhere the test fails, because a
 * disk that does not get full shows nothing.
 */
public final class SizeLimitedDisk {

  private static final String SCRIPT =
      """
      set -e
      folder=$1 kib=$2 kept=$3
      shift 3
      mkdir -p "$kept" "$folder"
      cp -a "$folder/." "$kept/"
      mount -t tmpfs -o size=64m,mode=700 tmpfs "$folder"
      cp -a "$kept/." "$folder/"
      used=$(df -k --output=used "$folder" | tail -n 1)
      mount -o remount,size=$((used + kib))k "$folder"
      code=0
      "$@" || code=$?
      find "$kept" -mindepth 1 -delete
      cp -a "$folder/." "$kept/"
      exit $code
      """;

  private SizeLimitedDisk() {}

  /**
   * Lets the process of {@code builder} run with {@code folder} on a disk that has room for {@code
   * kib} more KiB. What it leaves there replaces the folder afterwards.
   */
  public static int run(ProcessBuilder builder, Path folder, int kib)
      throws IOException, InterruptedException {
    Path kept = folder.resolveSibling(folder.getFileName() + ".kept");
    List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
    if (!System.getProperty("user.name").equals("root")) {
      command.add("--map-root-user");
    }
    command.addAll(List.of("bash", "-c", SCRIPT, "disk"));
    command.addAll(List.of(folder.toString(), String.valueOf(kib), kept.toString()));
    command.addAll(builder.command());
    builder.command(command);
    Process process = builder.start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      throw new IOException("it does not end");
    }
    DirectoryTrees.delete(folder);
    Files.move(kept, folder);
    return process.exitValue();
  }
}
