package org.hikae.backup.volume.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults as the kernel of this machine words them. */
class PosixVolumeTest {

  private static final int ODD_BYTES = 70_001;
  private static final int MANY = 12;

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

  /** Around what is written past the page cache: by blocks, by buffers, and a byte more or less. */
  @Test
  void files_of_all_sizes_hold_what_was_written() throws Exception {
    StorageVolume volume = new PosixVolume(folder);
    int buffer = DirectBuffers.BYTES;
    int block = DirectBuffers.ALIGNMENT;
    List<Integer> sizes =
        List.of(
            0, 1, block, buffer - 1, buffer, buffer + 1, buffer + block, 3 * buffer - block + 7);
    for (int size : sizes) {
      byte[] bytes = new byte[size];
      new Random(size).nextBytes(bytes);
      String name = "size-" + size;
      try (StorageVolume.OpenOutput file = volume.create(name, size)) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
          int part = Math.min(left.remaining(), ODD_BYTES);
          int taken = file.write(left.slice(left.position(), part));
          left.position(left.position() + taken);
        }
        file.sync();
      }
      assertThat(Files.readAllBytes(folder.resolve(name))).isEqualTo(bytes);
      assertThat(Files.getPosixFilePermissions(folder.resolve(name)))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  /** More files at once than there are buffers: the rest goes through the page cache. */
  @Test
  void many_files_are_written_at_once_and_buffers_come_back() throws Exception {
    StorageVolume volume = new PosixVolume(folder);
    byte[] bytes = new byte[DirectBuffers.BYTES + 1];
    for (int round = 0; round < 2; round++) {
      List<StorageVolume.OpenOutput> open = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        open.add(volume.create(round + "-" + i, bytes.length));
      }
      assertThat(open).filteredOn(DirectOutput.class::isInstance).hasSize(DirectBuffers.MOST);
      for (StorageVolume.OpenOutput file : open) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
          file.write(left);
        }
        file.sync();
        file.close();
        file.close();
      }
    }
    assertThat(Files.size(folder.resolve("1-0"))).isEqualTo(bytes.length);
    assertThat(Files.size(folder.resolve("1-" + (MANY - 1)))).isEqualTo(bytes.length);
  }

  /** Taken twice, a name fails whichever way its file would be written. */
  @Test
  void a_name_is_taken_once() throws Exception {
    StorageVolume volume = new PosixVolume(folder);
    volume.create("once", DirectBuffers.BYTES).close();
    assertThat(
            catchThrowableOfType(
                IOException.class, () -> volume.create("once", DirectBuffers.BYTES)))
        .isInstanceOf(FileAlreadyExistsException.class);
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
            catchThrowableOfType(IOException.class, () -> volume.create("none/file", 1)),
            catchThrowableOfType(IOException.class, () -> volume.rename("none", "other")),
            catchThrowableOfType(IOException.class, () -> volume.syncFolder("none")))) {
      assertThat(failure).isInstanceOf(NoSuchFileException.class);
      assertThat(VolumeFault.of(failure)).isEqualTo(VolumeFault.NOT_THERE);
    }
  }
}
