package org.hikae.device.backup;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.sealing.ChunkIds;
import org.hikae.device.sealing.DamagedException;
import org.hikae.device.sealing.PackReader;
import org.hikae.device.sealing.SealContext;
import org.hikae.hk1.Hash256;

/**
 * Fetches and opens chunks. The first chunk wanted of a pack is fetched alone, the second brings
 * the whole pack, of which the last few are held: restoring one file fetches little, restoring a
 * tree fetches each pack about once. Every chunk is checked against its identifier. A damaged pack
 * is fetched once more before it is given up, because the damage may be of the transfer.
 */
public final class ChunkSource implements AutoCloseable {

  /** Whole packs held at a time. */
  private static final int HELD_PACKS = 3;

  private static final int MAX_TOUCHED = 100_000;

  private final SnapshotStore store;
  private final ObjectCache cache;
  private final SealContext context;
  private final SecretBytes packKey;
  private final ChunkIds ids;
  private final Map<Hash256, byte[]> held =
      new LinkedHashMap<>(HELD_PACKS * 2, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash256, byte[]> eldest) {
          return size() > HELD_PACKS;
        }
      };
  private final Set<Hash256> touched = new HashSet<>();
  private final Set<Hash256> fetched = new HashSet<>();
  private final Set<Hash256> missing = new HashSet<>();
  private long bytesReceived;

  /** Opens packs of the series given by {@code context}. */
  public ChunkSource(SnapshotStore store, BackupKey key, SealContext context) {
    this(store, new ObjectCache(null), key, context);
  }

  ChunkSource(SnapshotStore store, ObjectCache cache, BackupKey key, SealContext context) {
    this.store = store;
    this.cache = cache;
    this.context = context;
    this.packKey = key.subkey(Subkey.PACK);
    try (SecretBytes chunkId = key.subkey(Subkey.CHUNK_ID)) {
      this.ids = new ChunkIds(chunkId);
    }
  }

  /**
   * The plain bytes of a chunk.
   *
   * @throws DamagedException when the pack is missing or damaged, or the chunk is another one
   */
  public byte[] chunk(Hash256 pack, ChunkRef ref) throws DamagedException, StoreException {
    if (missing.contains(pack)) {
      throw gone(pack);
    }
    byte[] whole = held.get(pack);
    if (whole == null && comesAlone(pack)) {
      try {
        return single(pack, ref);
      } catch (DamagedException e) {
        // The whole pack, fetched anew, decides.
      }
    }
    return open(whole == null ? fetch(pack) : whole, ref);
  }

  private boolean comesAlone(Hash256 pack) {
    boolean first = touched.size() < MAX_TOUCHED && touched.add(pack);
    return first || fetched.contains(pack);
  }

  private byte[] open(byte[] pack, ChunkRef ref) throws DamagedException {
    return checked(PackReader.open(packKey, context, pack).chunk(ref.entry(), pack), ref);
  }

  private byte[] single(Hash256 pack, ChunkRef ref) throws DamagedException, StoreException {
    byte[] cached = cache.get(pack).orElse(null);
    if (cached != null) {
      held.put(pack, cached);
      return open(cached, ref);
    }
    try {
      byte[] start = store.getRange(pack, 0, PackReader.HEADER_BYTES);
      int length = ref.entry().sealedLength();
      byte[] sealed = store.getRange(pack, ref.entry().offset(), length);
      bytesReceived += start.length + sealed.length;
      PackReader reader = PackReader.open(packKey, context, start);
      return checked(reader.chunk(ref.entry().number(), sealed), ref);
    } catch (MissingObjectException e) {
      throw gone(pack);
    }
  }

  private byte[] checked(byte[] chunk, ChunkRef ref) throws DamagedException {
    ids.require(ref.chunkId(), chunk);
    if (chunk.length != ref.length()) {
      throw new DamagedException("A chunk has another length than the snapshot says.");
    }
    return chunk;
  }

  private byte[] fetch(Hash256 pack) throws DamagedException, StoreException {
    byte[] object = cache.get(pack).orElse(null);
    boolean sound = object != null;
    for (int attempt = 0; !sound && attempt < 2; attempt++) {
      try {
        object = store.get(pack);
      } catch (MissingObjectException e) {
        throw gone(pack);
      }
      bytesReceived += object.length;
      sound = Hash256.sha256(object).equals(pack);
    }
    if (object == null) {
      throw gone(pack);
    }
    held.put(pack, object);
    if (fetched.size() < MAX_TOUCHED) {
      fetched.add(pack);
    }
    return object;
  }

  private DamagedException gone(Hash256 pack) {
    missing.add(pack);
    return new DamagedException("A pack is missing from the store.");
  }

  /** Sealed bytes that came from the store. */
  public long bytesReceived() {
    return bytesReceived;
  }

  @Override
  public void close() {
    packKey.close();
    held.clear();
  }
}
