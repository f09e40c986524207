package org.hikae.device.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.client.Ksf;

/**
 * What a device remembers of a password in order to practise it: one byte (ADR 8).
 *
 * <p>Guarantees: without K the byte tells nothing, because it is keyed with a subkey of K; with K
 * it tells 8 bits of the password and no more, at the price of one Argon2id of 64 MiB for each
 * guess; and one wrong password in 256 passes, which only means that the person is asked again
 * later. It protects nothing and opens nothing.
 */
public final class PasswordCheckByte {

  private static final byte[] PURPOSE = "HK1 reminder".getBytes(StandardCharsets.US_ASCII);

  private PasswordCheckByte() {}

  /**
   * The byte of a password, 0 to 255. Takes as long as an attempt at the vault.
   *
   * @param ksf Argon2id
   * @param salt random, drawn once for each password that is remembered
   * @param password normalised
   */
  public static int of(Ksf ksf, BackupKey key, byte[] salt, SecretBytes password) {
    byte[] bytes = password.expose();
    byte[] input =
        ByteBuffer.allocate(PURPOSE.length + 2 * Integer.BYTES + salt.length + bytes.length)
            .put(PURPOSE)
            .putInt(salt.length)
            .put(salt)
            .putInt(bytes.length)
            .put(bytes)
            .array();
    try (SecretBytes subkey = key.subkey(Subkey.REMINDER)) {
      byte[] exposed = subkey.expose();
      byte[] keyed = HmacSha256.mac(exposed, input);
      Arrays.fill(exposed, (byte) 0);
      // The input is unique to set, password and salt, so Argon2id's own salt may be constant.
      byte[] stretched = ksf.stretch(keyed);
      Arrays.fill(keyed, (byte) 0);
      int trace = stretched[0] & 0xff;
      Arrays.fill(stretched, (byte) 0);
      return trace;
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(input, (byte) 0);
    }
  }
}
