package org.hikae.enrollment.distribution.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.enrollment.distribution.view.AgentPackageFault;
import org.hikae.enrollment.distribution.view.AgentPackageKind;
import org.hikae.enrollment.distribution.view.AgentPackageList;
import org.hikae.enrollment.distribution.view.AgentPackageView;
import org.hikae.enrollment.distribution.view.RefusedPackageView;
import org.hikae.testing.AgentPackageFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a folder offers, whatever lies in it. */
class AgentPackageCatalogTest {

  private static final String DEB = "hikae_1.1.0_amd64.deb";
  private static final byte[] PACKAGE = AgentPackageFixture.debian("1.1.0", "amd64");

  @TempDir private Path folder;

  private AgentPackageCatalog catalog;

  @BeforeEach
  void open() {
    catalog = new AgentPackageCatalog(folder, null);
  }

  private void put(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
    AgentPackageFixture.writeSums(folder);
  }

  private void pipe(String name) throws Exception {
    Path path = folder.resolve(name);
    Files.deleteIfExists(path);
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
  }

  private void mode(String name, String mode) throws IOException {
    Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString(mode));
  }

  private Map<String, AgentPackageFault> refused() {
    return catalog.list().refused().stream()
        .collect(Collectors.toMap(RefusedPackageView::fileName, RefusedPackageView::fault));
  }

  private byte[] sent(AgentPackageView offered) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    catalog.send(offered, out);
    return out.toByteArray();
  }

  @Test
  void a_package_is_offered_as_it_says_what_it_is_and_sent_as_it_was_read() throws IOException {
    put(DEB, PACKAGE);
    AgentPackageList list = catalog.list();
    assertThat(list.refused()).isEmpty();
    AgentPackageView offered = list.offered().getFirst();
    assertThat(offered)
        .isEqualTo(
            new AgentPackageView(
                DEB,
                AgentPackageKind.DEBIAN,
                "1.1.0",
                "amd64",
                PACKAGE.length,
                AgentPackageFixture.sha256(PACKAGE)));
    assertThat(sent(offered)).isEqualTo(PACKAGE);
  }

  @Test
  void the_newest_comes_first_and_a_debian_package_before_an_archive() throws IOException {
    for (String version : List.of("1.1.0~20261130.093000", "1.9.0", "1.10.0")) {
      put("hikae_" + version + "_arm64.deb", AgentPackageFixture.debian(version, "arm64"));
    }
    put("hikae-1.10.0-linux-arm64.tar.gz", AgentPackageFixture.archive("1.10.0"));
    put("hikae_1.1.0_arm64.deb", AgentPackageFixture.debian("1.1.0", "arm64"));
    assertThat(catalog.list().offered())
        .extracting(AgentPackageView::fileName)
        .containsExactly(
            "hikae_1.10.0_arm64.deb",
            "hikae-1.10.0-linux-arm64.tar.gz",
            "hikae_1.9.0_arm64.deb",
            "hikae_1.1.0_arm64.deb",
            "hikae_1.1.0~20261130.093000_arm64.deb");
  }

  /** Files that say they are the package, and are none. */
  static Stream<Arguments> hostileFiles() {
    byte[] control = AgentPackageFixture.gzip(right());
    byte[] version = AgentPackageFixture.member("debian-binary", "2.0\n".getBytes(US_ASCII));
    byte[] data = AgentPackageFixture.member("data.tar.xz", new byte[10]);
    byte[] huge = new byte[DebianPackageReader.MAX_PACKED + 1];
    return Stream.of(
        fault("empty", AgentPackageFault.SIZE, new byte[0]),
        fault("other magic", AgentPackageFault.FORMAT, "#!/bin/sh\nexit 1\n".getBytes(US_ASCII)),
        fault("cut off", AgentPackageFault.FORMAT, Arrays.copyOf(PACKAGE, PACKAGE.length - 1)),
        fault("cut off in a head", AgentPackageFault.FORMAT, Arrays.copyOf(PACKAGE, 30)),
        fault("more at its end", AgentPackageFault.FORMAT, more(PACKAGE)),
        fault("no contents", AgentPackageFault.FORMAT, debian(version, control(control))),
        fault("no control", AgentPackageFault.FORMAT, debian(version, data)),
        fault("contents first", AgentPackageFault.FORMAT, debian(version, data, control(control))),
        fault(
            "two controls",
            AgentPackageFault.FORMAT,
            debian(version, control(control), control(control), data)),
        fault(
            "format 3",
            AgentPackageFault.FORMAT,
            debian(
                AgentPackageFixture.member("debian-binary", "3.0\n".getBytes(US_ASCII)),
                control(control),
                data)),
        fault(
            "a size of more than the file",
            AgentPackageFault.FORMAT,
            debian(
                version,
                AgentPackageFixture.member("control.tar.gz", "9999999999", control),
                data)),
        fault(
            "a size below zero",
            AgentPackageFault.FORMAT,
            debian(version, AgentPackageFixture.member("control.tar.gz", "-1", control), data)),
        fault("a control of more than a MiB", AgentPackageFault.FORMAT, of(huge)),
        fault(
            "xz",
            AgentPackageFault.COMPRESSION,
            debian(version, AgentPackageFixture.member("control.tar.xz", control), data)),
        fault("no gzip", AgentPackageFault.FORMAT, of("no gzip at all".getBytes(US_ASCII))),
        fault(
            "half a gzip",
            AgentPackageFault.FORMAT,
            of(Arrays.copyOf(control, control.length / 2))),
        fault("a bomb in one entry", AgentPackageFault.FORMAT, of(bomb("./control"))),
        fault("a bomb before the control", AgentPackageFault.FORMAT, of(bomb("./md5sums"))),
        fault(
            "an endless archive",
            AgentPackageFault.FORMAT,
            of(AgentPackageFixture.gzip(endless()))),
        fault(
            "a wrong sum of a head",
            AgentPackageFault.FORMAT,
            of(AgentPackageFixture.gzip(damagedHead()))),
        fault("no control file", AgentPackageFault.FORMAT, of(tar("./postinst", "exit 1"))),
        fault("no version", AgentPackageFault.FORMAT, of(tar("./control", "Package: hikae\n"))),
        fault(
            "two versions",
            AgentPackageFault.FORMAT,
            of(tar("./control", "Package: hikae\nVersion: 1.1.0\nVersion: 2\n"))),
        fault("another program", AgentPackageFault.CONTENT, named("sudo", "1.1.0", "amd64")),
        fault("another version", AgentPackageFault.CONTENT, named("hikae", "1.1.1", "amd64")),
        fault("another architecture", AgentPackageFault.CONTENT, named("hikae", "1.1.0", "arm64")));
  }

  private static Arguments fault(String what, AgentPackageFault fault, byte[] file) {
    return Arguments.argumentSet(what, fault, file);
  }

  private static byte[] debian(byte[]... members) {
    return AgentPackageFixture.ar(members);
  }

  private static byte[] control(byte[] bytes) {
    return AgentPackageFixture.member("control.tar.gz", bytes);
  }

  private static byte[] of(byte[] controlPart) {
    return AgentPackageFixture.debian(controlPart);
  }

  private static byte[] named(String program, String version, String architecture) {
    return of(tar("./control", AgentPackageFixture.control(program, version, architecture)));
  }

  private static byte[] tar(String name, String content) {
    return AgentPackageFixture.gzip(
        AgentPackageFixture.tar(AgentPackageFixture.entry(name, '0', content.getBytes(US_ASCII))));
  }

  private static byte[] more(byte[] bytes) {
    return AgentPackageFixture.joined(bytes, new byte[2]);
  }

  /** Some kilobytes that become 64 MiB, and then what would be right. */
  private static byte[] bomb(String name) {
    return AgentPackageFixture.gzip(
        AgentPackageFixture.joined(
            AgentPackageFixture.header(name, '0', 64L << 20), new byte[64 << 20], right()));
  }

  /** So many entries, and then what would be right. */
  private static byte[] endless() {
    byte[][] entries = new byte[10_000][];
    Arrays.fill(entries, AgentPackageFixture.entry("./more", '0', new byte[0]));
    return AgentPackageFixture.joined(AgentPackageFixture.joined(entries), right());
  }

  private static byte[] right() {
    return AgentPackageFixture.controlArchive(
        AgentPackageFixture.control("hikae", "1.1.0", "amd64"));
  }

  private static byte[] damagedHead() {
    byte[] archive = right();
    archive[0] = 'x';
    return archive;
  }

  @ParameterizedTest
  @MethodSource("hostileFiles")
  void what_is_no_whole_package_is_refused(AgentPackageFault fault, byte[] file)
      throws IOException {
    put(DEB, file);
    assertThat(catalog.list().offered()).isEmpty();
    assertThat(refused()).containsExactly(Map.entry(DEB, fault));
  }

  @Test
  void archives_are_refused_like_packages() throws IOException {
    put("hikae-1.1.0-linux-amd64.tar.gz", AgentPackageFixture.archive("1.1.0"));
    put("hikae-1.2.0-linux-amd64.tar.gz", AgentPackageFixture.archive("1.1.0"));
    put("hikae-1.3.0-linux-amd64.tar.gz", "no gzip at all".getBytes(US_ASCII));
    put("hikae-1.4.0-linux-amd64.tar.gz", tar("../../etc/passwd", "root"));
    put("hikae-1.5.0-linux-amd64.tar.gz", Arrays.copyOf(AgentPackageFixture.archive("1.5.0"), 20));
    assertThat(catalog.list().offered())
        .extracting(AgentPackageView::version)
        .containsOnly("1.1.0");
    assertThat(refused())
        .containsOnly(
            Map.entry("hikae-1.2.0-linux-amd64.tar.gz", AgentPackageFault.CONTENT),
            Map.entry("hikae-1.3.0-linux-amd64.tar.gz", AgentPackageFault.FORMAT),
            Map.entry("hikae-1.4.0-linux-amd64.tar.gz", AgentPackageFault.CONTENT),
            Map.entry("hikae-1.5.0-linux-amd64.tar.gz", AgentPackageFault.FORMAT));
  }

  @Test
  void names_links_folders_and_files_without_their_hash_are_refused() throws IOException {
    put("hikae_1.1.0_amd64.deb.exe", PACKAGE);
    put("hikae_1.1.0_amd\"64.deb", PACKAGE);
    put("hikae_$(id)_amd64.deb", PACKAGE);
    put("hikae_2.0_amd64.deb", AgentPackageFixture.debian("2.0", "amd64"));
    Files.createSymbolicLink(folder.resolve(DEB), folder.resolve("hikae_2.0_amd64.deb"));
    Files.createDirectory(folder.resolve("hikae_3.0_amd64.deb"));
    Files.write(folder.resolve("hikae_4.0_amd64.deb"), AgentPackageFixture.debian("4.0", "amd64"));
    mode("hikae_4.0_amd64.deb", "rw-r--r--");
    assertThat(catalog.list().offered())
        .extracting(AgentPackageView::fileName)
        .containsExactly("hikae_2.0_amd64.deb");
    assertThat(refused())
        .containsOnly(
            Map.entry("hikae_1.1.0_amd64.deb.exe", AgentPackageFault.NAME),
            Map.entry("hikae_1.1.0_amd\"64.deb", AgentPackageFault.NAME),
            Map.entry("hikae_$(id)_amd64.deb", AgentPackageFault.NAME),
            Map.entry(DEB, AgentPackageFault.NO_FILE),
            Map.entry("hikae_3.0_amd64.deb", AgentPackageFault.NO_FILE),
            Map.entry("hikae_4.0_amd64.deb", AgentPackageFault.CHECKSUM));
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void nobody_waits_for_a_pipe() throws Exception {
    put(DEB, PACKAGE);
    AgentPackageView offered = catalog.list().offered().getFirst();
    pipe(DEB);
    assertThatIOException()
        .isThrownBy(() -> catalog.send(offered, new ByteArrayOutputStream()))
        .withMessageContaining("not offered");
    assertThat(refused()).containsExactly(Map.entry(DEB, AgentPackageFault.NO_FILE));
    Files.delete(folder.resolve(DEB));
    put(DEB, PACKAGE);
    pipe("SHA256SUMS");
    assertThat(refused())
        .containsOnly(
            Map.entry("SHA256SUMS", AgentPackageFault.NO_FILE),
            Map.entry(DEB, AgentPackageFault.CHECKSUM));
  }

  @Test
  void a_list_of_hashes_that_is_a_link_counts_for_nothing() throws IOException {
    put(DEB, PACKAGE);
    Files.move(folder.resolve("SHA256SUMS"), folder.resolve("sums"));
    Files.createSymbolicLink(folder.resolve("SHA256SUMS"), folder.resolve("sums"));
    assertThat(catalog.list().offered()).isEmpty();
    assertThat(refused())
        .containsOnly(
            Map.entry("SHA256SUMS", AgentPackageFault.NO_FILE),
            Map.entry("sums", AgentPackageFault.NAME),
            Map.entry(DEB, AgentPackageFault.CHECKSUM));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-"})
  void a_file_that_others_may_write_is_not_offered_until_they_may_not(String open)
      throws IOException {
    put(DEB, PACKAGE);
    AgentPackageView offered = catalog.list().offered().getFirst();
    mode(DEB, open);
    assertThat(refused()).containsExactly(Map.entry(DEB, AgentPackageFault.OPEN));
    assertThatIOException().isThrownBy(() -> catalog.send(offered, new ByteArrayOutputStream()));
    mode(DEB, "rw-r--r--");
    assertThat(catalog.list().offered()).containsExactly(offered);
    mode("SHA256SUMS", open);
    assertThat(refused())
        .containsOnly(
            Map.entry("SHA256SUMS", AgentPackageFault.OPEN),
            Map.entry(DEB, AgentPackageFault.CHECKSUM));
  }

  @Test
  void a_file_that_is_copied_slowly_is_offered_once_it_is_whole() throws IOException {
    put(DEB, PACKAGE);
    Files.write(folder.resolve(DEB), Arrays.copyOf(PACKAGE, PACKAGE.length / 2));
    assertThat(refused()).containsExactly(Map.entry(DEB, AgentPackageFault.FORMAT));
    Files.write(folder.resolve(DEB), PACKAGE);
    assertThat(catalog.list().offered()).hasSize(1);
    assertThat(refused()).isEmpty();
  }

  @Test
  void a_file_that_was_changed_without_a_trace_arrives_cut_off() throws IOException {
    byte[] large =
        AgentPackageFixture.ar(
            AgentPackageFixture.member("debian-binary", "2.0\n".getBytes(US_ASCII)),
            control(tar("./control", AgentPackageFixture.control("hikae", "1.1.0", "amd64"))),
            AgentPackageFixture.member("data.tar.xz", new byte[200_000]));
    put(DEB, large);
    AgentPackageView offered = catalog.list().offered().getFirst();
    FileTime time = Files.getLastModifiedTime(folder.resolve(DEB));
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(DEB).toFile(), "rw")) {
      file.seek(1000);
      file.write(1);
    }
    Files.setLastModifiedTime(folder.resolve(DEB), time);
    assertThat(catalog.list().offered()).containsExactly(offered);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThatIOException().isThrownBy(() -> catalog.send(offered, out));
    assertThat(out.size()).isLessThan(large.length);
    Files.write(folder.resolve(DEB), PACKAGE);
    assertThatIOException().isThrownBy(() -> catalog.send(offered, out));
    Files.delete(folder.resolve(DEB));
    assertThatIOException().isThrownBy(() -> catalog.send(offered, out));
  }

  @Test
  void a_file_is_read_again_only_when_it_has_changed() throws IOException {
    put(DEB, PACKAGE);
    AgentPackageView before = catalog.list().offered().getFirst();
    assertThat(catalog.list().offered().getFirst()).isSameAs(before);
    Files.setLastModifiedTime(folder.resolve(DEB), FileTime.fromMillis(1000));
    assertThat(catalog.list().offered().getFirst()).isEqualTo(before).isNotSameAs(before);
  }

  @Test
  void a_folder_that_is_not_there_or_too_full_offers_nothing_and_says_so() throws IOException {
    AgentPackageCatalog none = new AgentPackageCatalog(folder.resolve("none"), null);
    assertThat(none.list().refused())
        .containsExactly(
            new RefusedPackageView(folder.resolve("none").toString(), AgentPackageFault.FOLDER));
    put(DEB, PACKAGE);
    for (int i = 0; i < AgentPackageCatalog.MAX_FILES; i++) {
      Files.createFile(folder.resolve("more " + i));
    }
    assertThat(catalog.list().offered()).isEmpty();
    assertThat(refused()).containsValue(AgentPackageFault.TOO_MANY).hasSize(1);
  }

  @Test
  void a_file_larger_than_any_package_is_not_read() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(DEB).toFile(), "rw")) {
      file.setLength(AgentPackageReader.MAX_BYTES + 1);
    }
    mode(DEB, "rw-r--r--");
    assertThat(refused()).containsExactly(Map.entry(DEB, AgentPackageFault.SIZE));
  }
}
