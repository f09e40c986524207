package org.hikae.vault.root.software;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.root.OpenedVaultRoot;
import org.hikae.vault.root.RootKeyContract;
import org.hikae.vault.root.contract.RootLocation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract in software, and what files add to it. */
@DisplayName("A root in software")
@EveryThirdRun
class SoftwareRootTest extends RootKeyContract {

  @TempDir private Path directory;

  /** What the root key file would keep of the root under test. */
  private SecretBytes kept;

  private RootLocation.Software place() {
    return new RootLocation.Software(directory);
  }

  private static SecretBytes passphrase() {
    return SecretBytes.copyOf("a good passphrase".getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Without the root key file, whose passphrase is stretched at each opening; {@link RootFileTest}
   * says that a root read from it is the same.
   */
  @Override
  public OpenedVaultRoot create() {
    SoftwareRoot root = SoftwareRoot.generate(random);
    kept = root.encode();
    return beside(root, place());
  }

  @Override
  public OpenedVaultRoot open() throws Exception {
    byte[] both = kept.expose();
    Scalar ks = Scalar.decode(Arrays.copyOf(both, Scalar.BYTES));
    SecretBytes secret = SecretBytes.take(Arrays.copyOfRange(both, Scalar.BYTES, both.length));
    return beside(new SoftwareRoot(ks, secret, random), place());
  }

  private OpenedVaultRoot beside(SoftwareRoot root, RootLocation.Software files) {
    return new OpenedVaultRoot(
        root,
        new FileAnchor(files.anchorFile(), root),
        new FileEpochKeys(files.epochsFile(), root, random));
  }

  @Override
  public String name() {
    return "software";
  }

  @Test
  void a_root_that_was_made_is_opened_with_its_files_and_never_replaced() throws Exception {
    // What a kill between write and rename leaves.
    Files.writeString(directory.resolve("anchor.bin.new"), "half");
    byte[] derived;
    try (OpenedVaultRoot made = OpenedVaultRoot.create(place(), passphrase(), random)) {
      made.anchor().raise(point(1, 1));
      made.epochs().create(1);
      derived = made.epochs().derive(1, input("a"));
    }
    assertThatThrownBy(() -> OpenedVaultRoot.create(place(), passphrase(), random))
        .isInstanceOf(FileAlreadyExistsException.class);
    try (OpenedVaultRoot again = OpenedVaultRoot.open(place(), passphrase(), random)) {
      assertThat(again.anchor().highest()).isEqualTo(point(1, 1));
      assertThat(again.epochs().derive(1, input("a"))).isEqualTo(derived);
    }
    requireOwnersOnly();
  }

  /** Of the root, and nothing is left beside. */
  private void requireOwnersOnly() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(directory)) {
      files = found.toList();
    }
    assertThat(files)
        .extracting(file -> directory.relativize(file).toString())
        .containsExactlyInAnyOrder("root.key", "anchor.bin", "epochs.key");
    for (Path file : files) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void an_edited_anchor_is_refused() throws Exception {
    opened.anchor().raise(point(5, 1));
    byte[] good = Files.readAllBytes(place().anchorFile());
    assertThat(good).hasSize(78);

    for (int index = 0; index < good.length; index++) {
      byte[] flipped = good.clone();
      flipped[index] ^= (byte) 0x80;
      assertAnchorRefused(flipped);
    }
    assertAnchorRefused(Arrays.copyOf(good, good.length - 1));
    assertAnchorRefused(Arrays.copyOf(good, good.length + 1));
    assertAnchorRefused(new byte[0]);
    Files.write(place().anchorFile(), good);
    assertThat(opened.anchor().highest()).isEqualTo(point(5, 1));
  }

  private void assertAnchorRefused(byte[] content) throws Exception {
    Files.write(place().anchorFile(), content);
    assertThatThrownBy(() -> opened.anchor().highest()).isInstanceOf(TamperedException.class);
    assertThatThrownBy(() -> opened.anchor().raise(point(9, 9)))
        .isInstanceOf(TamperedException.class);
    assertThat(place().anchorFile()).hasBinaryContent(content);
  }

  @Test
  void edited_epoch_keys_are_refused() throws Exception {
    opened.epochs().create(1);
    byte[] good = Files.readAllBytes(place().epochsFile());

    for (int index = 0; index < good.length; index++) {
      byte[] flipped = good.clone();
      flipped[index] ^= 1;
      assertEpochsRefused(flipped);
    }
    assertEpochsRefused(Arrays.copyOf(good, good.length - 1));
    assertEpochsRefused(Arrays.copyOf(good, 17));
    assertEpochsRefused(new byte[0]);
    assertEpochsRefused(new byte[200_000]);
  }

  private void assertEpochsRefused(byte[] content) throws Exception {
    Files.write(place().epochsFile(), content);
    assertThatThrownBy(() -> opened.epochs().existing()).isInstanceOf(TamperedException.class);
    assertThatThrownBy(() -> opened.epochs().derive(1, input("a")))
        .isInstanceOf(TamperedException.class);
    assertThatThrownBy(() -> opened.epochs().create(2)).isInstanceOf(TamperedException.class);
    assertThat(place().epochsFile()).hasBinaryContent(content);
  }

  @Test
  void files_of_another_vault_are_refused(@TempDir Path elsewhere) throws Exception {
    RootLocation.Software there = new RootLocation.Software(elsewhere);
    try (OpenedVaultRoot other = beside(SoftwareRoot.generate(random), there)) {
      other.anchor().raise(point(9, 9));
      other.epochs().create(9);
    }
    Files.copy(there.anchorFile(), place().anchorFile());
    Files.copy(there.epochsFile(), place().epochsFile());

    assertThatThrownBy(() -> opened.anchor().highest()).isInstanceOf(TamperedException.class);
    assertThatThrownBy(() -> opened.epochs().existing()).isInstanceOf(TamperedException.class);
  }

  @Test
  void files_that_cannot_be_used_now_are_unavailable() throws Exception {
    Files.createDirectories(place().anchorFile().resolve("in the way"));
    Files.createDirectories(place().epochsFile().resolve("in the way"));

    assertThatThrownBy(() -> opened.epochs().existing()).isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> opened.epochs().create(1)).isInstanceOf(UnavailableException.class);
    Files.delete(place().epochsFile().resolve("in the way"));
    Files.delete(place().epochsFile());
    Files.createDirectories(directory.resolve("epochs.key.new").resolve("in the way"));
    assertThatThrownBy(() -> opened.epochs().create(1))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("cannot be written");
    assertThat(opened.epochs().existing()).isEmpty();
    Files.delete(place().anchorFile().resolve("in the way"));
    Files.delete(place().anchorFile());
    Files.createDirectories(directory.resolve("anchor.bin.new").resolve("in the way"));
    assertThatThrownBy(() -> opened.anchor().raise(point(1, 1)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("cannot be written");
    assertThat(opened.anchor().highest()).isNull();
  }

  @Test
  void a_destroyed_epoch_key_is_not_in_the_file() throws Exception {
    opened.epochs().create(1);
    opened.epochs().create(2);
    long both = Files.size(place().epochsFile());

    opened.epochs().destroy(1);

    assertThat(Files.size(place().epochsFile())).isEqualTo(both - 36);
  }
}
