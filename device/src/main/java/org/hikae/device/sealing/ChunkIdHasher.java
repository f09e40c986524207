package org.hikae.device.sealing;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hikae.crypto.CryptoDefectException;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;

/**
 * Names chunks by their content under a key (spec HK1-C-01): equal chunks of one set have equal
 * names, and nobody without K can tell which content a name belongs to. One instance serves one
 * thread.
 */
public final class ChunkIdHasher {

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  /** Works under the {@code chunk-id} subkey, which is copied. */
  public ChunkIdHasher(SecretBytes chunkIdKey) {
    byte[] key = chunkIdKey.expose();
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new CryptoDefectException("HMAC-SHA256 of the JDK refused a key of bytes.", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** The identifier of a chunk. */
  public Hash256 of(byte[] data, int offset, int length) {
    mac.update(data, offset, length);
    return Hash256.of(mac.doFinal());
  }

  /** Refuses a chunk that is not the one asked for. */
  void require(Hash256 expected, ChunkContent chunk) throws DamagedDataException {
    if (!of(chunk.bytes(), chunk.offset(), chunk.length()).equals(expected)) {
      throw new DamagedDataException("A chunk is not the one that the snapshot names.");
    }
  }
}
