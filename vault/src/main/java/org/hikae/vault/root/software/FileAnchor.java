package org.hikae.vault.root.software;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.Transcript;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.root.contract.AnchorRules;
import org.hikae.vault.secret.DurableFile;
import org.jspecify.annotations.Nullable;

/**
 * The anchor of a root in software, in a file of its own.
 *
 * <pre>
 * offset  bytes  field
 *      0      4  magic "HK1a"
 *      4      2  version, 1
 *      6      8  number of the row
 *     14     32  head
 *     46     32  HMAC of the root over number and head
 * </pre>
 *
 * An edited file and one of another vault are refused. An older one of this vault is not recognised
 * as older: whoever restores it together with the database rolls both back, which is what a token
 * prevents.
 */
public final class FileAnchor implements LedgerAnchor {

  private static final byte[] MAGIC = "HK1a".getBytes(StandardCharsets.US_ASCII);
  private static final short VERSION = 1;
  private static final int HEAD_BYTES = MAGIC.length + 2 + Long.BYTES + Hk1Constants.HASH_BYTES;
  private static final int FILE_BYTES = HEAD_BYTES + Hk1Constants.HASH_BYTES;

  private final Path file;
  private final RootKey root;

  public FileAnchor(Path file, RootKey root) {
    this.file = file;
    this.root = root;
  }

  @Override
  public @Nullable Point highest() {
    byte[] bytes;
    try {
      if (Files.size(file) != FILE_BYTES) {
        throw foreign();
      }
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new UnavailableException("The anchor file cannot be read.", e);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, MAGIC.length + 2, Long.BYTES + Hk1Constants.HASH_BYTES);
    long seq = in.getLong();
    byte[] head = new byte[Hk1Constants.HASH_BYTES];
    in.get(head);
    if (seq < 1) {
      throw foreign();
    }
    Point point = new Point(seq, Hash256.of(head));
    if (!MessageDigest.isEqual(encode(point), bytes)) {
      throw foreign();
    }
    return point;
  }

  private static TamperedException foreign() {
    return new TamperedException("The anchor file is not what this vault wrote.");
  }

  @Override
  public void raise(Point point) {
    AnchorRules.requireValid(point);
    if (AnchorRules.isNew(point, highest())) {
      try {
        DurableFile.replace(file, encode(point));
      } catch (IOException e) {
        throw new UnavailableException("The anchor file cannot be written.", e);
      }
    }
  }

  private byte[] encode(Point point) {
    byte[] head =
        ByteBuffer.allocate(HEAD_BYTES)
            .put(MAGIC)
            .putShort(VERSION)
            .putLong(point.seq())
            .put(point.head().toBytes())
            .array();
    byte[] code = root.hmac(Transcript.of("vault anchor").add(head));
    byte[] whole = Arrays.copyOf(head, FILE_BYTES);
    System.arraycopy(code, 0, whole, HEAD_BYTES, code.length);
    return whole;
  }
}
