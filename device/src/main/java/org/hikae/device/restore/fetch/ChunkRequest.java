package org.hikae.device.restore.fetch;

import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.sealing.ChunkContent;
import org.hikae.device.sealing.DamagedDataException;
import org.jspecify.annotations.Nullable;

/** A chunk that a file will need. Guarded by its {@link ChunkPipeline}. */
final class ChunkRequest {

  private final ChunkRef ref;
  private final long startsAt;
  private @Nullable PackRequest pack;
  private @Nullable ChunkContent chunk;
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
    return chunk != null || damage != null;
  }

  void opened(ChunkContent plain) {
    chunk = plain;
  }

  void damaged(DamagedDataException why) {
    damage = why;
  }

  /** The plain bytes, if they were opened. */
  @Nullable ChunkContent opened() {
    return chunk;
  }

  /** The plain bytes, once it is done. */
  ChunkContent chunk() throws DamagedDataException {
    DamagedDataException why = damage;
    if (why != null) {
      throw why;
    }
    ChunkContent plain = chunk;
    if (plain == null) {
      throw new IllegalStateException("the chunk was not opened yet");
    }
    return plain;
  }
}
