package org.hikae.vault.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.TextCodec;
import org.hikae.vault.secret.DurableFile;

/**
 * A signing key in a file of its own, to be kept offline: the vault root's and the two custodians'.
 * One comment line, then the key in hexadecimal; mode 0600.
 */
public final class OfflineKeyFile {

  private static final int MAX_BYTES = 1024;

  private OfflineKeyFile() {}

  /** Writes a new file; never replaces one. */
  static void write(Path file, String comment, SigningKey key) throws IOException {
    try (SecretBytes secret = key.encode()) {
      byte[] exposed = secret.expose();
      String text = "# " + comment + "\n" + TextCodec.hex(exposed) + "\n";
      Arrays.fill(exposed, (byte) 0);
      DurableFile.create(file, text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read or holds no key
   */
  public static SigningKey read(Path file, SecureRandom random) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is too long to be a key.");
    }
    String last = Files.readString(file, StandardCharsets.US_ASCII).strip();
    String hex = last.substring(last.lastIndexOf('\n') + 1);
    try (SecretBytes secret = SecretBytes.take(HexFormat.of().parseHex(hex))) {
      return SigningKey.decode(secret, random);
    } catch (CryptoException | IllegalArgumentException e) {
      throw new IOException(file + " holds no key of this kind.", e);
    }
  }
}
