package org.hikae.enrollment.distribution.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.hikae.enrollment.distribution.view.AgentPackageView;
import org.hikae.enrollment.update.wire.UpdateTarget;
import org.hikae.enrollment.update.wire.UpdateVerifier;
import org.hikae.testing.AgentPackageFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What of updates a portal hands out, whoever has put it there (HK1-U-08). */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UpdateFileReaderTest {

  private static final String TEXT =
      "hikae update timestamp\nversion 3\nexpires 2027-01-01T00:00:00Z\ntargets 2 "
          + "00112233445566778899aabbccddeeff".repeat(2)
          + "\n";

  /** A signature of nobody: the portal knows no key. */
  private static final String NOTE = TEXT + "\n\u2014 nobody AAAAAAA=\n";

  @TempDir private Path folder;

  @BeforeEach
  void put() throws IOException {
    Files.createDirectory(folder.resolve("updates"));
    write("timestamp", NOTE);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve("updates").resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private boolean has(String name) {
    return UpdateFileReader.read(folder, name).isPresent();
  }

  @Test
  void a_signed_file_is_handed_out_as_it_is() {
    assertThat(UpdateFileReader.read(folder, "timestamp"))
        .hasValueSatisfying(
            file -> {
              assertThat(file.bytes()).isEqualTo(NOTE.getBytes(StandardCharsets.UTF_8));
              assertThat(file.text()).isEqualTo(TEXT);
            });
  }

  @Test
  void nothing_else_is() throws Exception {
    Files.writeString(folder.resolve("secret"), NOTE);
    write("notes.txt", NOTE);
    write("3.timestamp", NOTE);
    write("1.targets", NOTE);
    write("2.root", "hikae update root\n\n");
    for (String name :
        new String[] {
          "../secret",
          "notes.txt",
          "3.timestamp",
          "1.targets",
          "2.root",
          "4.root",
          "",
          "01.root",
          ".",
          "timestamp/"
        }) {
      assertThat(has(name)).as(name).isFalse();
    }
    write("timestamp", NOTE + " ".repeat(UpdateVerifier.MAX_FILE_BYTES));
    assertThat(has("timestamp")).as("too long").isFalse();
    write("timestamp", NOTE);
    assertThat(has("timestamp")).isTrue();
    Path file = folder.resolve("updates/timestamp");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
    assertThat(has("timestamp")).as("others may write into it").isFalse();
    Files.delete(file);
    Files.createSymbolicLink(file, folder.resolve("secret"));
    assertThat(has("timestamp")).as("a link").isFalse();
    Files.delete(file);
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    assertThat(has("timestamp")).as("a pipe").isFalse();
  }

  @Test
  void the_folder_of_updates_is_no_package_and_packages_come_in_parts() throws Exception {
    byte[] deb = AgentPackageFixture.debian("1.1.0", "amd64");
    Files.write(folder.resolve("hikae_1.1.0_amd64.deb"), deb);
    Files.delete(folder.resolve("updates/timestamp"));
    Files.delete(folder.resolve("updates"));
    AgentPackageFixture.writeSums(folder);
    Files.createDirectory(folder.resolve("updates"));
    AgentPackageCatalog catalog = new AgentPackageCatalog(folder, null);
    assertThat(catalog.list().refused()).isEmpty();
    AgentPackageView offered = catalog.list().offered().getFirst();
    assertThat(offered.sizeBytes()).isLessThan(UpdateTarget.PART_BYTES);
    assertThat(catalog.part(offered, 0)).hasValue(deb);
    assertThat(catalog.part(offered, 1)).isEmpty();
    assertThat(catalog.part(offered, -1)).isEmpty();
    assertThat(catalog.part(offered, Integer.MAX_VALUE)).isEmpty();
  }
}
