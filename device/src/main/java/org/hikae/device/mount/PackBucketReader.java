package org.hikae.device.mount;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.PackRange;
import org.hikae.hk1.Hash256;

/**
 * Sealed bytes of packs, fetched by the bucket and held for a while: small files that were backed
 * up together share buckets. Whoever reads a pack on and on is given more at a time, up to {@link
 * #MOST_AHEAD} buckets; whoever reads one file gets its buckets and no others. Safe for several
 * threads.
 */
public final class PackBucketReader {

  /** One MiB. */
  static final int MOST_AHEAD = 16;

  private static final long HELD_BYTES = 16L * 1024 * 1024;
  private static final int HELD_PACKS = 1024;

  private final Supplier<BackupStore> store;
  private final WeightedCache<BucketKey, byte[]> buckets =
      new WeightedCache<>(HELD_BYTES, bytes -> bytes.length);
  private final WeightedCache<Hash256, PackProgress> progress =
      new WeightedCache<>(HELD_PACKS, each -> 1);
  private final AtomicLong bytesReceived = new AtomicLong();

  /** Fetches from {@code store}, asked for it each time. */
  public PackBucketReader(Supplier<BackupStore> store) {
    this.store = store;
  }

  private record BucketKey(Hash256 pack, int bucket) {}

  /** Where the last fetch of a pack ended, and how much it was; one thread at a time fetches. */
  private static final class PackProgress {
    private int next = -1;
    private int last;
  }

  /**
   * What lies from an offset on.
   *
   * @throws DamagedDataException when the pack ends before
   */
  byte[] read(Hash256 pack, int from, int length)
      throws DamagedDataException, BackupStoreException {
    byte[] out = new byte[length];
    PackProgress of = progress(pack);
    // What two threads want of one pack often lies in the same buckets.
    synchronized (of) {
      int done = 0;
      while (done < length) {
        int at = from + done;
        int bucket = at / PackRange.BUCKET_BYTES;
        byte[] piece = buckets.get(new BucketKey(pack, bucket));
        if (piece == null) {
          piece = fetch(of, pack, bucket, (from + length - 1) / PackRange.BUCKET_BYTES);
        }
        int skipped = at - bucket * PackRange.BUCKET_BYTES;
        int part = Math.min(length - done, piece.length - skipped);
        if (part <= 0) {
          throw new DamagedDataException("A chunk is said to lie outside its pack.");
        }
        System.arraycopy(piece, skipped, out, done, part);
        done += part;
      }
    }
    return out;
  }

  private PackProgress progress(Hash256 pack) {
    synchronized (progress) {
      PackProgress of = progress.get(pack);
      if (of == null) {
        of = new PackProgress();
        progress.put(pack, of);
      }
      return of;
    }
  }

  /** Fetches a bucket and those after it that are wanted and not held, or more. */
  private byte[] fetch(PackProgress of, Hash256 pack, int bucket, int last)
      throws BackupStoreException {
    int count = 1;
    while (bucket + count <= last && isMissing(pack, bucket + count)) {
      count++;
    }
    if (bucket == of.next) {
      count = Math.max(count, Math.min(MOST_AHEAD, 2 * of.last));
    }
    byte[] bytes = store.get().getBuckets(pack, bucket, count);
    bytesReceived.addAndGet(bytes.length);
    of.next = bucket + count;
    of.last = count;
    for (int i = 0; i < count; i++) {
      int start = Math.min(bytes.length, i * PackRange.BUCKET_BYTES);
      int end = Math.min(bytes.length, start + PackRange.BUCKET_BYTES);
      if (end > start) {
        buckets.put(new BucketKey(pack, bucket + i), Arrays.copyOfRange(bytes, start, end));
      }
    }
    return bytes;
  }

  private boolean isMissing(Hash256 pack, int bucket) {
    return buckets.get(new BucketKey(pack, bucket)) == null;
  }

  /** Lets go of buckets, because the damage may be of the transfer. */
  void forget(Hash256 pack, int from, int length) {
    buckets.remove(new BucketKey(pack, 0));
    int last = (from + length - 1) / PackRange.BUCKET_BYTES;
    for (int bucket = from / PackRange.BUCKET_BYTES; bucket <= last; bucket++) {
      buckets.remove(new BucketKey(pack, bucket));
    }
  }

  /** Sealed bytes that came from the store. */
  public long bytesReceived() {
    return bytesReceived.get();
  }
}
