package org.hikae.device.mount;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.sealing.ChunkOpener;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackBytes;
import org.hikae.device.sealing.PackReader;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.Hash256;

/**
 * Opens chunks of one series under one K, by the buckets in which they lie. Safe for several
 * threads.
 */
public final class StoredChunkReader implements AutoCloseable {

  private static final int HELD_STARTS = 1024;

  private final PackBucketReader buckets;
  private final BackupKey key;
  private final SealContext context;
  private final SecretBytes packKey;
  private final Queue<ChunkOpener> idle = new ConcurrentLinkedQueue<>();
  private final WeightedCache<Hash256, PackReader> starts =
      new WeightedCache<>(HELD_STARTS, each -> 1);

  /** Opens what {@code key} sealed in the series; it is copied. */
  public StoredChunkReader(PackBucketReader buckets, BackupKey key, SealContext context) {
    this.buckets = buckets;
    this.key = key.copy();
    this.context = context;
    this.packKey = key.subkey(Subkey.PACK);
  }

  /**
   * The plain bytes of a chunk, checked against its identifier.
   *
   * @throws DamagedDataException when they do not open, fetched twice
   */
  public byte[] chunk(Hash256 pack, ChunkRef ref)
      throws DamagedDataException, BackupStoreException {
    try {
      return open(pack, ref);
    } catch (DamagedDataException e) {
      starts.remove(pack);
      buckets.forget(pack, ref.entry().offset(), ref.entry().sealedLength());
      return open(pack, ref);
    }
  }

  private byte[] open(Hash256 pack, ChunkRef ref)
      throws DamagedDataException, BackupStoreException {
    byte[] sealed = buckets.read(pack, ref.entry().offset(), ref.entry().sealedLength());
    PackReader reader = start(pack);
    ChunkOpener opener = idle.poll();
    if (opener == null) {
      opener = new ChunkOpener(key);
    }
    try {
      PackBytes part = new PackBytes(reader, sealed, ref.entry().offset(), false);
      return opener.open(part, ref.entry(), ref.chunkId(), ref.length());
    } finally {
      idle.add(opener);
    }
  }

  private PackReader start(Hash256 pack) throws DamagedDataException, BackupStoreException {
    PackReader known = starts.get(pack);
    if (known == null) {
      known = PackReader.open(packKey, context, buckets.read(pack, 0, PackReader.HEADER_BYTES));
      starts.put(pack, known);
    }
    return known;
  }

  /** Nobody may be reading any more. */
  @Override
  public void close() {
    packKey.close();
    key.close();
    idle.forEach(ChunkOpener::close);
  }
}
