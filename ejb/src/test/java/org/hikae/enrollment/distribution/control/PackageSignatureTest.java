package org.hikae.enrollment.distribution.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.enrollment.distribution.view.AgentPackageFault;
import org.hikae.enrollment.distribution.view.AgentPackageList;
import org.hikae.enrollment.distribution.view.AgentPackageView;
import org.hikae.enrollment.distribution.view.ChecksumFiles;
import org.hikae.enrollment.distribution.view.RefusedPackageView;
import org.hikae.runtime.control.SignatureKey;
import org.hikae.testing.AgentPackageFixture;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a folder offers when IT's key has to have signed it. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PackageSignatureTest {

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

  private void mode(String name, String mode) throws IOException {
    Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString(mode));
  }

  private void pipe(String name) throws Exception {
    Path path = folder.resolve(name);
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
  }

  private Map<String, AgentPackageFault> refused() {
    return catalog.list().refused().stream()
        .collect(Collectors.toMap(RefusedPackageView::fileName, RefusedPackageView::fault));
  }

  private AgentPackageCatalog signedBy(KeyPair key) {
    return new AgentPackageCatalog(
        folder, SignatureKey.of(Base64.getEncoder().encodeToString(key.getPublic().getEncoded())));
  }

  private static KeyPair key() throws Exception {
    return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  private void assertRefusesAll() {
    assertThat(catalog.list().offered()).isEmpty();
    assertThat(catalog.list().signed()).isFalse();
    assertThat(refused())
        .containsOnly(
            Map.entry("SHA256SUMS", AgentPackageFault.SIGNATURE),
            Map.entry(DEB, AgentPackageFault.CHECKSUM));
    assertThat(catalog.list().checksums()).isNull();
  }

  @Test
  void with_a_key_only_what_it_has_signed_is_offered() throws Exception {
    KeyPair key = key();
    put(DEB, PACKAGE);
    catalog = signedBy(key);
    assertRefusesAll();
    AgentPackageFixture.sign(folder, key.getPrivate());
    AgentPackageList list = catalog.list();
    assertThat(list.refused()).isEmpty();
    assertThat(list.signed()).isTrue();
    assertThat(list.offered()).hasSize(1);
    ChecksumFiles files = list.checksums();
    assertThat(files.list()).isEqualTo(Files.readAllBytes(folder.resolve("SHA256SUMS")));
    assertThat(files.signature()).isEqualTo(Files.readAllBytes(folder.resolve("SHA256SUMS.sig")));
    catalog = signedBy(key());
    assertRefusesAll();
    Files.delete(folder.resolve("SHA256SUMS.sig"));
    catalog = signedBy(key);
    assertRefusesAll();
  }

  @Test
  void a_package_that_was_exchanged_with_its_hash_is_not_offered_where_a_key_is_set()
      throws Exception {
    KeyPair key = key();
    put(DEB, PACKAGE);
    AgentPackageFixture.sign(folder, key.getPrivate());
    byte[] other =
        AgentPackageFixture.debian(
            AgentPackageFixture.gzip(AgentPackageFixture.controlArchive(control())));
    put(DEB, other);
    assertThat(catalog.list().offered()).as("without a key").hasSize(1);
    assertThat(catalog.list().signed()).isFalse();
    catalog = signedBy(key);
    assertRefusesAll();
  }

  private static String control() {
    return AgentPackageFixture.control("hikae", "1.1.0", "amd64") + "Maintainer: somebody\n";
  }

  @Test
  void an_earlier_version_beside_the_list_of_a_later_one_is_not_offered() throws Exception {
    KeyPair key = key();
    put(DEB, PACKAGE);
    byte[] earlierList = Files.readAllBytes(folder.resolve("SHA256SUMS"));
    Files.delete(folder.resolve(DEB));
    put("hikae_1.2.0_amd64.deb", AgentPackageFixture.debian("1.2.0", "amd64"));
    AgentPackageFixture.sign(folder, key.getPrivate());
    Files.write(folder.resolve(DEB), PACKAGE);
    mode(DEB, "rw-r--r--");
    catalog = signedBy(key);
    assertThat(catalog.list().offered())
        .extracting(AgentPackageView::version)
        .containsExactly("1.2.0");
    assertThat(refused()).containsExactly(Map.entry(DEB, AgentPackageFault.CHECKSUM));
    Files.write(folder.resolve("SHA256SUMS"), earlierList);
    assertThat(catalog.list().offered()).as("the list of before, under this signature").isEmpty();
  }

  @Test
  void a_signature_that_is_none_signs_nothing() throws Exception {
    KeyPair key = key();
    put(DEB, PACKAGE);
    AgentPackageFixture.sign(folder, key.getPrivate());
    catalog = signedBy(key);
    Path file = folder.resolve("SHA256SUMS.sig");
    byte[] right = Files.readAllBytes(file);
    byte[] changed = right.clone();
    changed[63] ^= 1;
    for (byte[] wrong :
        List.of(new byte[0], Arrays.copyOf(right, 63), Arrays.copyOf(right, 65), changed)) {
      Files.write(file, wrong);
      assertRefusesAll();
    }
    Files.write(file, right);
    assertThat(catalog.list().offered()).hasSize(1);
    mode("SHA256SUMS.sig", "rw-rw-r--");
    assertThat(refused()).containsEntry("SHA256SUMS", AgentPackageFault.OPEN);
    Files.delete(file);
    pipe("SHA256SUMS.sig");
    assertThat(refused()).containsEntry("SHA256SUMS", AgentPackageFault.NO_FILE);
  }

  @Test
  void a_list_that_is_too_long_is_called_so() throws Exception {
    KeyPair key = key();
    put(DEB, PACKAGE);
    Path list = folder.resolve("SHA256SUMS");
    String line = Files.readString(list);
    Files.writeString(list, line.repeat(ChecksumFileReader.MAX_BYTES / line.length()));
    AgentPackageFixture.sign(folder, key.getPrivate());
    catalog = signedBy(key);
    assertThat(catalog.list().offered()).hasSize(1);
    Files.writeString(list, line.repeat(ChecksumFileReader.MAX_BYTES / line.length() + 1));
    AgentPackageFixture.sign(folder, key.getPrivate());
    assertThat(catalog.list().offered()).isEmpty();
    assertThat(refused()).containsEntry("SHA256SUMS", AgentPackageFault.LIST_SIZE);
  }

  private record Ended(int exit, String said) {}

  private static Ended run(String... command) throws Exception {
    return ended(new ProcessBuilder(command));
  }

  private static Ended ended(ProcessBuilder command) throws Exception {
    Process process = command.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }

  @Test
  void what_the_script_signs_is_what_it_has_checked(@TempDir Path desk) throws Exception {
    put(DEB, PACKAGE);
    byte[] checked = Files.readAllBytes(folder.resolve("SHA256SUMS"));
    Path key = desk.resolve("key.pem");
    assertThat(run("openssl", "genpkey", "-algorithm", "ed25519", "-out", key.toString()).exit())
        .isZero();
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    // Somebody who writes into the folder just after the check.
    Path check = desk.resolve("sha256sum");
    Files.writeString(
        check,
        "#!/bin/sh\nPATH=${PATH#*:} sha256sum \"$@\" || exit 1\necho exchanged > SHA256SUMS\n");
    Files.setPosixFilePermissions(check, PosixFilePermissions.fromString("rwx------"));
    ProcessBuilder command =
        new ProcessBuilder(
            BuildOutput.root().resolve("scripts/package/sign").toString(),
            key.toString(),
            folder.toString());
    command.environment().put("PATH", desk + ":" + System.getenv("PATH"));
    Ended signed = ended(command);
    assertThat(signed.exit()).as(signed.said()).isZero();
    assertThat(folder.resolve("SHA256SUMS")).hasBinaryContent(checked);
    String value = signed.said().substring(signed.said().indexOf("HIKAE_PACKAGES_KEY=") + 19);
    catalog = new AgentPackageCatalog(folder, SignatureKey.of(value.strip()));
    assertThat(catalog.list().offered()).hasSize(1);
  }

  @Test
  void the_page_has_that_package_checked_which_it_has_installed() throws Exception {
    put(DEB, PACKAGE);
    String page =
        Files.readString(BuildOutput.root().resolve("web/portal/src/main/webapp/my/install.xhtml"));
    String check =
        page.lines()
            .filter(line -> line.contains("sha256sum --check"))
            .findFirst()
            .orElseThrow()
            .replace("</code></pre>", "");
    assertThat(shell(check.replace("#{best.fileName}", DEB)).said().strip())
        .isEqualTo(DEB + ": OK");
    assertThat(shell(check.replace("#{best.fileName}", "hikae_1.2.0_amd64.deb")).exit())
        .as("an earlier list, which does not name it")
        .isNotZero();
    Files.write(folder.resolve(DEB), new byte[] {1});
    assertThat(shell(check.replace("#{best.fileName}", DEB)).exit()).isNotZero();
  }

  private Ended shell(String command) throws Exception {
    return ended(
        new ProcessBuilder("bash", "-c", "export LC_ALL=C; " + command).directory(folder.toFile()));
  }

  @Test
  void what_the_script_signs_is_right_by_the_key_that_it_names(@TempDir Path desk)
      throws Exception {
    put(DEB, PACKAGE);
    String script = BuildOutput.root().resolve("scripts/package/sign").toString();
    String key = desk.resolve("key.pem").toString();
    assertThat(run("openssl", "genpkey", "-algorithm", "ed25519", "-out", key).exit()).isZero();
    Files.setPosixFilePermissions(Path.of(key), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(run(script, key, folder.toString()).said()).contains("chmod 600");
    Files.setPosixFilePermissions(Path.of(key), PosixFilePermissions.fromString("rw-------"));
    Ended signed = run(script, key, folder.toString());
    assertThat(signed.exit()).as(signed.said()).isZero();
    String value = signed.said().substring(signed.said().indexOf("HIKAE_PACKAGES_KEY=") + 19);
    catalog = new AgentPackageCatalog(folder, SignatureKey.of(value.strip()));
    assertThat(catalog.list().offered()).hasSize(1);
    assertThat(catalog.list().signed()).isTrue();

    Files.write(folder.resolve(DEB), new byte[] {1});
    assertThat(run(script, key, folder.toString()).exit())
        .as("a list that does not fit")
        .isNotZero();
  }
}
