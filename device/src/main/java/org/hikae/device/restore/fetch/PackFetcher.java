package org.hikae.device.restore.fetch;

import java.util.concurrent.atomic.AtomicLong;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackBytes;
import org.hikae.device.sealing.PackReader;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.BufferPool;
import org.hikae.device.store.PackDownload;
import org.hikae.device.store.PackRange;
import org.hikae.hk1.Hash256;

/**
 * Fetches packs or parts of them, by the names that the snapshot itself has for them. Safe for
 * several threads.
 */
public final class PackFetcher implements AutoCloseable {

  private final BackupStore store;
  private final SealContext context;
  private final SecretBytes packKey;
  private final AtomicLong bytesReceived = new AtomicLong();

  /** Arrays of packs that are not needed any more: as many as two that are on their way. */
  private final BufferPool buffers = new BufferPool(2 * PackCache.EXPECTED_BYTES);

  public PackFetcher(BackupStore store, BackupKey key, SealContext context) {
    this.store = store;
    this.context = context;
    this.packKey = key.subkey(Subkey.PACK);
  }

  /**
   * Fetches a whole pack. Its array may be used again once {@link #reuse} has it.
   *
   * @throws DamagedDataException when nothing of it can be opened
   * @throws org.hikae.device.store.MissingObjectException when it is not stored
   */
  PackBytes whole(Hash256 pack) throws BackupStoreException, DamagedDataException {
    PackDownload fetched = PackDownload.fetch(store, pack, buffers);
    bytesReceived.addAndGet(fetched.received());
    byte[] object = fetched.object();
    PackReader reader = PackReader.open(packKey, context, object);
    return new PackBytes(reader, object, 0, fetched.length(), fetched.sound());
  }

  /** Nobody looks any more at the array of a pack that came whole. */
  void reuse(PackBytes whole) {
    buffers.give(whole.bytes());
  }

  /**
   * Fetches what lies from one offset to another; less when the pack ends before.
   *
   * @throws DamagedDataException when the start of the pack does not open
   * @throws org.hikae.device.store.MissingObjectException when it is not stored
   */
  PackBytes part(Hash256 pack, int from, long to)
      throws BackupStoreException, DamagedDataException {
    PackRange part = fetch(pack, from, to);
    PackRange start = part.isStart() ? part : fetch(pack, 0, PackReader.HEADER_BYTES);
    PackReader reader = PackReader.open(packKey, context, start.bytes());
    return new PackBytes(reader, part.bytes(), part.from(), false);
  }

  private PackRange fetch(Hash256 pack, int from, long to) throws BackupStoreException {
    PackRange part = PackRange.fetch(store, pack, from, to);
    bytesReceived.addAndGet(part.bytes().length);
    return part;
  }

  /** Sealed bytes that came from the store. */
  public long bytesReceived() {
    return bytesReceived.get();
  }

  @Override
  public void close() {
    packKey.close();
  }
}
