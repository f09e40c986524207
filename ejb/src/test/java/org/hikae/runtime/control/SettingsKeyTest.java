package org.hikae.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What administrators enter is sealed under a key in a file. */
class SettingsKeyTest {

  private static final byte[] SECRET = "geheim und lang".getBytes(StandardCharsets.UTF_8);

  private final SecureRandom random = new SecureRandom();

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("key");
  }

  private SettingsKey key() throws IOException {
    return SettingsKey.readOrMake(file(), random);
  }

  @Test
  void what_one_portal_seals_another_with_the_same_file_opens() throws Exception {
    byte[] sealed = key().seal("MAIL", SECRET);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("geheim");
    assertThat(key().open("MAIL", sealed)).isEqualTo(SECRET);
    assertThat(key().seal("MAIL", SECRET)).as("the same again").isEqualTo(sealed);
    assertThat(nonce(key().seal("WEBHOOK", SECRET))).isNotEqualTo(nonce(sealed));
    assertThat(nonce(key().seal("MAIL", Arrays.copyOf(SECRET, SECRET.length - 1))))
        .isNotEqualTo(nonce(sealed));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryContaining(file()::equals);
    assertThat(folder.toFile().list()).as("nothing half made is left").hasSize(1);
  }

  private static byte[] nonce(byte[] sealed) {
    return Arrays.copyOfRange(sealed, 1, 13);
  }

  @Test
  void nothing_else_opens() throws Exception {
    byte[] sealed = key().seal("MAIL", SECRET);
    assertThatExceptionOfType(AEADBadTagException.class)
        .isThrownBy(() -> key().open("WEBHOOK", sealed));
    for (int at : new int[] {0, 1, 13, sealed.length - 1}) {
      byte[] changed = sealed.clone();
      changed[at] ^= 1;
      assertThatExceptionOfType(AEADBadTagException.class)
          .as("byte %d", at)
          .isThrownBy(() -> key().open("MAIL", changed));
    }
    for (int length : new int[] {0, 1, 28, 20_000}) {
      assertThatExceptionOfType(AEADBadTagException.class)
          .isThrownBy(() -> key().open("MAIL", new byte[length]));
    }
    SettingsKey other = SettingsKey.readOrMake(folder.resolve("other"), random);
    assertThatExceptionOfType(AEADBadTagException.class)
        .isThrownBy(() -> other.open("MAIL", sealed));
  }

  /** Computed by Python's hmac: HKDF-Expand of one block, and then HMAC. */
  @Test
  void a_code_takes_the_key_and_its_purpose() throws Exception {
    Files.writeString(file(), "ab".repeat(32));
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    byte[] code = key().code("requests", SECRET);
    assertThat(HexFormat.of().formatHex(code))
        .isEqualTo("5ddfda99f8c27259f1cce029b60cdc771ea44e750fd2d62391032c82a3bbff6c");
    assertThat(key().code("others", SECRET)).isNotEqualTo(code);
    assertThat(SettingsKey.readOrMake(folder.resolve("other"), random).code("requests", SECRET))
        .isNotEqualTo(code);
  }

  @Test
  void a_key_is_64_digits_that_others_cannot_read() throws Exception {
    Files.writeString(file(), "ab".repeat(32));
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
    assertThat(key().open("MAIL", key().seal("MAIL", SECRET))).isEqualTo(SECRET);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(this::key)
        .withMessageContaining("chmod 0600");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    for (String wrong : new String[] {"", "ab".repeat(31), "zz".repeat(32), "a".repeat(2000)}) {
      Files.writeString(file(), wrong);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(this::key)
          .withMessageNotContaining("aa");
    }
  }
}
