package org.hikae.backup.volume.store;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.hikae.backup.ciphertext.store.VolumeFault;

/**
 * Fills a small file system, makes it larger and then read-only, and prints what each is taken for.
 * Runs where it may mount: see {@link PosixVolumeTest}.
 */
final class VolumeChildMain {

  private static final int FILE_BYTES = 64 * 1024;
  private static final int MOST_FILES = 100;

  private VolumeChildMain() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out =
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
    String folder = arguments[0];
    StorageVolume volume = new PosixVolume(Path.of(folder));
    volume.makeFolder("full");
    int files = 0;
    String fault = "NONE";
    while (fault.equals("NONE") && files < MOST_FILES) {
      fault = write(volume, "full/" + files);
      files++;
    }
    out.println(fault);
    remount(folder, "size=16m");
    out.println(write(volume, "again"));
    volume.syncFolder("");
    remount(folder, "ro");
    out.println(write(volume, "read-only"));
    out.println(volume.size("again").orElse(0));
  }

  private static String write(StorageVolume volume, String path) {
    try (StorageVolume.OpenOutput file = volume.create(path, FILE_BYTES)) {
      ByteBuffer bytes = ByteBuffer.allocate(FILE_BYTES);
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.sync();
      return "NONE";
    } catch (IOException e) {
      return VolumeFault.of(e).name();
    }
  }

  private static void remount(String folder, String option)
      throws IOException, InterruptedException {
    Process mount =
        new ProcessBuilder("mount", "-o", "remount," + option, folder).inheritIO().start();
    if (mount.waitFor() != 0) {
      throw new IOException("not remounted: " + option);
    }
  }
}
