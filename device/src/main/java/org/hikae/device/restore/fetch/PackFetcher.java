package org.hikae.device.restore.fetch;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.sealing.PackReader;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.store.PackFetch;
import org.hikae.device.store.PackPart;
import org.hikae.device.store.SnapshotStore;
import org.hikae.device.store.StoreException;
import org.hikae.hk1.Hash256;

/** Fetches packs or parts of them. Safe for several threads. */
public final class PackFetcher implements AutoCloseable {

  private final SnapshotStore store;
  private final SealContext context;
  private final SecretBytes packKey;
  private final AtomicLong bytesReceived = new AtomicLong();

  public PackFetcher(SnapshotStore store, BackupKey key, SealContext context) {
    this.store = store;
    this.context = context;
    this.packKey = key.subkey(Subkey.PACK);
  }

  /**
   * A part of a pack.
   *
   * @param from offset in the pack of the first of {@code bytes}
   */
  record Part(PackReader reader, byte[] bytes, int from) {}

  /**
   * Fetches a whole pack.
   *
   * @throws DamagedException when nothing of it can be opened
   * @throws org.hikae.device.store.MissingObjectException when it is not stored
   */
  NeededPack.Held whole(Hash256 pack) throws StoreException, DamagedException {
    PackFetch fetched = PackFetch.fetch(store, pack);
    bytesReceived.addAndGet(fetched.received());
    byte[] object = fetched.object();
    return new NeededPack.Held(PackReader.open(packKey, context, object), object);
  }

  /**
   * Fetches what lies from the first to the last of these entries; less when the pack ends before.
   *
   * @throws DamagedException when the start of the pack does not open
   * @throws org.hikae.device.store.MissingObjectException when it is not stored
   */
  Part part(Hash256 pack, List<Wanted> wants) throws StoreException, DamagedException {
    int from = Integer.MAX_VALUE;
    long to = 0;
    for (Wanted each : wants) {
      int offset = each.ref().entry().offset();
      from = Math.min(from, offset);
      to = Math.max(to, (long) offset + each.ref().entry().sealedLength());
    }
    PackPart part = fetch(pack, from, to);
    PackPart start = part.isStart() ? part : fetch(pack, 0, PackReader.HEADER_BYTES);
    return new Part(PackReader.open(packKey, context, start.bytes()), part.bytes(), part.from());
  }

  private PackPart fetch(Hash256 pack, int from, long to) throws StoreException {
    PackPart part = PackPart.fetch(store, pack, from, to);
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
