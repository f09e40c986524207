package org.hikae.backup.volume.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults as the kernel of this machine words them. */
class PosixVolumeTest {

  @TempDir private Path folder;

  /** In a mount name space of its own, which ends with it; fails where there may be none. */
  @Test
  void a_full_and_a_read_only_file_system_are_told() throws Exception {
    List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
    if (!System.getProperty("user.name").equals("root")) {
      command.add("--map-root-user");
    }
    command.addAll(
        List.of(
            "bash",
            "-ec",
            "mount -t tmpfs -o size=512k tmpfs \"$1\"; shift; exec \"$@\"",
            "volume",
            folder.toString(),
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            VolumeChildMain.class.getName(),
            folder.toString()));
    Path said = Files.createTempFile("volume", ".out");
    try {
      Process child =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(Files.readAllLines(said)).containsExactly("FULL", "NONE", "READ_ONLY", "65536");
    } finally {
      Files.delete(said);
    }
  }

  /** No page of a process lies at the address 0, and the kernel says so as of a disk. */
  @Test
  void a_disk_that_cannot_read_is_told() throws Exception {
    try (StorageVolume.OpenInput memory = new PosixVolume(Path.of("/proc/self")).open("mem")) {
      IOException failure =
          catchThrowableOfType(
              IOException.class, () -> memory.read(ByteBuffer.allocateDirect(1), 0));
      assertThat(failure).hasMessageContaining("Input/output error");
      assertThat(VolumeFault.of(failure)).isEqualTo(VolumeFault.FAILING);
    }
  }

  @Test
  void what_is_not_there_is_told_or_empty() throws Exception {
    StorageVolume volume = new PosixVolume(folder);
    assertThat(volume.list("none")).isEmpty();
    assertThat(volume.size("none")).isEmpty();
    volume.delete("none");
    for (IOException failure :
        List.of(
            catchThrowableOfType(IOException.class, () -> volume.open("none")),
            catchThrowableOfType(IOException.class, () -> volume.create("none/file")),
            catchThrowableOfType(IOException.class, () -> volume.rename("none", "other")),
            catchThrowableOfType(IOException.class, () -> volume.syncFolder("none")))) {
      assertThat(failure).isInstanceOf(NoSuchFileException.class);
      assertThat(VolumeFault.of(failure)).isEqualTo(VolumeFault.NOT_THERE);
    }
  }
}
