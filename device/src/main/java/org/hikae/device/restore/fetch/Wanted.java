package org.hikae.device.restore.fetch;

import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.sealing.DamagedException;
import org.jspecify.annotations.Nullable;

/** A chunk that a file will need. Guarded by its {@link ChunkPipeline}. */
final class Wanted {

  private final ChunkRef ref;
  private final long startsAt;
  private @Nullable NeededPack pack;
  private byte @Nullable [] bytes;
  private @Nullable DamagedException damage;

  /** {@code startsAt} counts the plain bytes of all chunks wanted before. */
  Wanted(ChunkRef ref, long startsAt) {
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
  @Nullable NeededPack pack() {
    return pack;
  }

  void in(NeededPack itsPack) {
    pack = itsPack;
  }

  boolean done() {
    return bytes != null || damage != null;
  }

  void opened(byte[] plain) {
    bytes = plain;
  }

  void damaged(DamagedException why) {
    damage = why;
  }

  /** The plain bytes, once it is done. */
  byte[] bytes() throws DamagedException {
    DamagedException why = damage;
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
