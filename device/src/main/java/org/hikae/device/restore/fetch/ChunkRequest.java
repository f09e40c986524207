package org.hikae.device.restore.fetch;

import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.sealing.DamagedDataException;
import org.jspecify.annotations.Nullable;

/** A chunk that a file will need. Guarded by its {@link ChunkPipeline}. */
final class ChunkRequest {

  private final ChunkRef ref;
  private final long startsAt;
  private @Nullable PackRequest pack;
  private byte @Nullable [] bytes;
  private @Nullable DamagedDataException damage;

  /** {@code startsAt} counts the plain bytes of all chunks wanted before. */
  ChunkRequest(ChunkRef ref, long startsAt) {
    this.ref = ref;
    this.startsAt = startsAt;
  }

  ChunkRef ref() {
    return ref;
  }

  long startsAt() {
    return startsAt;
  }

  /** The pack it lies in; null when there is no such pack. */
  @Nullable PackRequest pack() {
    return pack;
  }

  void in(PackRequest itsPack) {
    pack = itsPack;
  }

  boolean done() {
    return bytes != null || damage != null;
  }

  void opened(byte[] plain) {
    bytes = plain;
  }

  void damaged(DamagedDataException why) {
    damage = why;
  }

  /** An array that begins with the plain bytes, if they were opened. */
  byte @Nullable [] openedBytes() {
    return bytes;
  }

  /** An array that begins with the plain bytes, once it is done. */
  byte[] bytes() throws DamagedDataException {
    DamagedDataException why = damage;
    if (why != null) {
      throw why;
    }
    byte[] plain = bytes;
    if (plain == null) {
      throw new IllegalStateException("the chunk was not opened yet");
    }
    return plain;
  }
}
