package org.hikae.hk1;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.TreeSet;

/**
 * The plain list of every pack a snapshot needs (spec HK1-S-03). The server keeps it to know what
 * may not be collected; the sealed root holds its hash, so that the device refuses a list that the
 * server changed.
 */
public final class ObjectList {

  private ObjectList() {}

  /**
   * SHA-256 over the names in ascending byte order, each once: the order and repetition given do
   * not matter.
   */
  public static Hash256 hash(Collection<Hash256> names) {
    ByteArrayOutputStream joined =
        new ByteArrayOutputStream(names.size() * Hk1Constants.HASH_BYTES);
    for (Hash256 name : new TreeSet<>(names)) {
      joined.writeBytes(name.toBytes());
    }
    return Hash256.sha256(Transcript.of("object list").add(joined.toByteArray()).toBytes());
  }
}
