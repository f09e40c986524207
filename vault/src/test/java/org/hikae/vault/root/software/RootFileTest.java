package org.hikae.vault.root.software;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.hk1.Transcript;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The software root and its file. */
@DisplayName("HK1-V-01: the software root")
@EveryThirdRun
class RootFileTest {

  private final SecureRandom random = new SecureRandom();

  @TempDir private Path directory;

  private static SecretBytes secret(String text) {
    return SecretBytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void what_was_written_is_the_same_root() throws Exception {
    SoftwareRoot root = SoftwareRoot.generate(random);
    Path file = directory.resolve("root.key");
    RootFile.write(file, root, secret("a good passphrase"), random);

    SoftwareRoot read = RootFile.read(file, secret("a good passphrase"), random);

    Element element = SoftwareRoot.generate(random).ake().publicKey();
    assertThat(read.oprf().evaluate(element)).isEqualTo(root.oprf().evaluate(element));
    assertThat(read.hmac(Transcript.of("x"))).isEqualTo(root.hmac(Transcript.of("x")));
    assertThat(read.identity().publicKey()).isEqualTo(root.identity().publicKey());
    assertThat(read.channel().publicKey()).isEqualTo(root.channel().publicKey());
    assertThat(read.ake().publicKey()).isEqualTo(root.ake().publicKey());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void the_derived_keys_differ_from_each_other() {
    SoftwareRoot root = SoftwareRoot.generate(random);

    assertThat(root.channel().publicKey()).isNotEqualTo(root.ake().publicKey());
    assertThat(root.identity().publicKey())
        .isNotEqualTo(new VerifyingKey(root.channel().publicKey()))
        .isNotEqualTo(new VerifyingKey(root.ake().publicKey()));
  }

  @Test
  void another_passphrase_a_flipped_bit_or_another_length_is_refused() throws Exception {
    Path file = directory.resolve("root.key");
    RootFile.write(file, SoftwareRoot.generate(random), secret("a good passphrase"), random);
    byte[] good = Files.readAllBytes(file);

    assertRefused(good, "a good passphrasE");
    for (int index : new int[] {0, 5, 22, 113}) {
      byte[] flipped = good.clone();
      flipped[index] ^= 1;
      assertRefused(flipped, "a good passphrase");
    }
    assertRefused(Arrays.copyOf(good, good.length - 1), "a good passphrase");
    assertRefused(Arrays.copyOf(good, good.length + 1), "a good passphrase");
    assertRefused(new byte[0], "a good passphrase");
  }

  private void assertRefused(byte[] content, String passphrase) throws Exception {
    Path file = Files.createTempFile(directory, "bad", ".key");
    Files.write(file, content);
    assertThatThrownBy(() -> RootFile.read(file, secret(passphrase), random))
        .isInstanceOf(RootFileException.class)
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining(passphrase);
  }

  @Test
  void a_missing_or_unreadable_file_is_named() {
    assertThatThrownBy(() -> RootFile.read(directory.resolve("none"), secret("x"), random))
        .isInstanceOf(RootFileException.class)
        .hasMessageContaining("run init first");
    assertThatThrownBy(() -> RootFile.read(directory, secret("x"), random))
        .isInstanceOf(RootFileException.class);
  }

  @Test
  void a_file_is_never_replaced() throws Exception {
    Path file = Files.writeString(directory.resolve("root.key"), "precious");

    assertThatThrownBy(
            () -> RootFile.write(file, SoftwareRoot.generate(random), secret("x"), random))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("precious");
  }

  @Test
  void nothing_prints_a_secret_and_a_closed_root_gives_nothing() {
    SoftwareRoot root = SoftwareRoot.generate(random);

    assertThat(root).hasToString("SoftwareRoot(REDACTED)");
    root.close();
    assertThatThrownBy(() -> root.hmac(Transcript.of("x")))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"twelve bytes", "twelve bytes\n", "twelve bytes\r\n"})
  void a_passphrase_ends_before_its_line_end(String content) throws Exception {
    Path file = directory.resolve("passphrase");
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    assertThat(RootPassphrase.fromFile(file)).isEqualTo(secret("twelve bytes"));
  }

  @Test
  void a_passphrase_has_bounds_and_a_private_file() throws Exception {
    Path shortOne = Files.writeString(directory.resolve("short"), "eleven byte\n");
    Path longOne = Files.writeString(directory.resolve("long"), "x".repeat(1025));
    Path empty = Files.writeString(directory.resolve("empty"), "");
    for (Path file : new Path[] {shortOne, longOne, empty}) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      assertThatThrownBy(() -> RootPassphrase.fromFile(file))
          .isInstanceOf(RootFileException.class)
          .hasMessageContaining("must have 12 to 1024 bytes");
    }
    Path open = Files.writeString(directory.resolve("open"), "a good passphrase");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> RootPassphrase.fromFile(open))
        .isInstanceOf(RootFileException.class)
        .hasMessageContaining("chmod 600");
    assertThatThrownBy(() -> RootPassphrase.fromFile(directory.resolve("none")))
        .isInstanceOf(RootFileException.class);
    assertThatThrownBy(() -> RootPassphrase.fromDescriptor(987))
        .isInstanceOf(RootFileException.class)
        .hasMessageContaining("987");
  }
}
