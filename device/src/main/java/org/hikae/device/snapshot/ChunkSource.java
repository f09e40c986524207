package org.hikae.device.snapshot;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.sealing.ChunkOpener;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackBytes;
import org.hikae.device.sealing.PackReader;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.MissingObjectException;
import org.hikae.device.store.PackDownload;
import org.hikae.device.store.PackRange;
import org.hikae.device.store.WithheldObjectException;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * Fetches and opens the chunks of manifests, one after the other. The first chunk wanted of a pack
 * is fetched alone, the second brings the whole pack, of which the last few are held. A damaged
 * pack is fetched once more before it is given up, because the damage may be of the transfer.
 *
 * <p>A chunk is checked against its identifier, unless its pack came whole and the snapshot itself
 * names it by its hash (spec HK1-C-08).
 */
final class ChunkSource implements AutoCloseable {

  /** Whole packs held at a time. */
  private static final int HELD_PACKS = 3;

  private static final int MAX_TOUCHED = 100_000;

  private final BackupStore store;
  private final SealedObjectCache objectCache;
  private final SealContext context;
  private final PackNaming naming;
  private final SecretBytes packKey;
  private final ChunkOpener opener;
  private final @Nullable ChunkSubstitutes chunkSubstitutes;
  private final Map<Hash256, PackBytes> retained =
      new LinkedHashMap<>(HELD_PACKS * 2, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash256, PackBytes> eldest) {
          boolean full = size() > HELD_PACKS;
          if (full && eldest.getValue().named()) {
            objectCache.evicted(eldest.getKey(), eldest.getValue().bytes());
          }
          return full;
        }
      };
  private final Set<Hash256> touched = new HashSet<>();
  private final Set<Hash256> fetched = new HashSet<>();

  /** Packs of which nothing can be opened, and why. */
  private final Map<Hash256, String> lost = new HashMap<>();

  private long bytesReceived;

  /** Who says which pack a chunk lies in. */
  enum PackNaming {
    /** Root or pack table of the snapshot whose chunks these are. */
    BY_THE_SNAPSHOT,
    /** Another snapshot, or the pack itself: whoever wrote that could lie. */
    BY_OTHERS
  }

  /**
   * What is damaged comes from {@code chunkSubstitutes}, if there are any; they are closed
   * elsewhere.
   */
  ChunkSource(
      BackupStore store,
      SealedObjectCache objectCache,
      BackupKey key,
      SealContext context,
      PackNaming naming,
      @Nullable ChunkSubstitutes chunkSubstitutes) {
    this.store = store;
    this.objectCache = objectCache;
    this.context = context;
    this.naming = naming;
    this.packKey = key.subkey(Subkey.PACK);
    this.opener = new ChunkOpener(key);
    this.chunkSubstitutes = chunkSubstitutes;
  }

  /**
   * The plain bytes of a chunk.
   *
   * @throws DamagedDataException when the pack is missing or damaged, or the chunk is another one,
   *     and nothing stands in for it; where something may stand in, also when the pack is withheld
   */
  public byte[] chunk(Hash256 pack, ChunkRef ref)
      throws DamagedDataException, BackupStoreException {
    try {
      return stored(pack, ref);
    } catch (DamagedDataException e) {
      if (chunkSubstitutes == null) {
        throw e;
      }
      return chunkSubstitutes.chunk(pack, ref).orElseThrow(() -> e);
    }
  }

  /** What a pack says of its own chunks; it is fetched whole. */
  List<PackReader.Listed> directory(Hash256 pack)
      throws DamagedDataException, BackupStoreException {
    PackBytes whole = retained.get(pack);
    PackBytes there = whole == null ? fetch(pack) : whole;
    return there.directory();
  }

  private byte[] stored(Hash256 pack, ChunkRef ref)
      throws DamagedDataException, BackupStoreException {
    String reason = lost.get(pack);
    if (reason != null) {
      throw new DamagedDataException(reason);
    }
    PackBytes whole = retained.get(pack);
    if (whole == null && comesAlone(pack)) {
      try {
        return single(pack, ref);
      } catch (DamagedDataException e) {
        // The whole pack, fetched anew, decides; whether it has this chunk is in doubt.
        return open(fetch(pack).doubted(), ref);
      }
    }
    return open(whole == null ? fetch(pack) : whole, ref);
  }

  private boolean comesAlone(Hash256 pack) {
    boolean first = touched.size() < MAX_TOUCHED && touched.add(pack);
    return first || fetched.contains(pack);
  }

  private byte[] open(PackBytes pack, ChunkRef ref) throws DamagedDataException {
    return opener.open(pack, ref.entry(), ref.chunkId(), ref.length());
  }

  private byte[] single(Hash256 pack, ChunkRef ref)
      throws DamagedDataException, BackupStoreException {
    byte[] copy = objectCache.get(pack).orElse(null);
    if (copy != null) {
      return open(retain(pack, copy, true), ref);
    }
    try {
      int offset = ref.entry().offset();
      PackRange part = part(pack, offset, (long) offset + ref.entry().sealedLength());
      PackRange start = part.isStart() ? part : part(pack, 0, PackReader.HEADER_BYTES);
      PackReader reader = PackReader.open(packKey, context, start.bytes());
      return open(new PackBytes(reader, part.bytes(), part.from(), false), ref);
    } catch (MissingObjectException e) {
      throw gone(pack);
    } catch (WithheldObjectException e) {
      throw withheld(pack, e);
    }
  }

  private PackRange part(Hash256 pack, int from, long to) throws BackupStoreException {
    PackRange part = PackRange.fetch(store, pack, from, to);
    bytesReceived += part.bytes().length;
    return part;
  }

  private PackBytes retain(Hash256 pack, byte[] object, boolean sound) throws DamagedDataException {
    PackReader reader = PackReader.open(packKey, context, object);
    boolean named = sound && naming == PackNaming.BY_THE_SNAPSHOT;
    PackBytes whole = new PackBytes(reader, object, 0, named);
    retained.put(pack, whole);
    return whole;
  }

  private PackBytes fetch(Hash256 pack) throws DamagedDataException, BackupStoreException {
    byte[] object = objectCache.get(pack).orElse(null);
    boolean sound = true;
    if (object == null) {
      try {
        PackDownload whole = PackDownload.fetch(store, pack);
        bytesReceived += whole.received();
        object = whole.object();
        sound = whole.sound();
      } catch (MissingObjectException e) {
        throw gone(pack);
      } catch (WithheldObjectException e) {
        throw withheld(pack, e);
      }
    }
    if (fetched.size() < MAX_TOUCHED) {
      fetched.add(pack);
    }
    try {
      return retain(pack, object, sound);
    } catch (DamagedDataException e) {
      // Without its start no entry opens, so it need not be fetched for each of them.
      throw lose(pack, String.valueOf(e.getMessage()));
    }
  }

  private DamagedDataException gone(Hash256 pack) {
    return lose(pack, "A pack is missing from the store.");
  }

  /** Who looks for nothing elsewhere goes on to build on what it reads, and waits instead. */
  private DamagedDataException withheld(Hash256 pack, WithheldObjectException e)
      throws WithheldObjectException {
    if (chunkSubstitutes == null) {
      throw e;
    }
    return lose(pack, e.ofPack());
  }

  private DamagedDataException lose(Hash256 pack, String reason) {
    lost.put(pack, reason);
    return new DamagedDataException(reason);
  }

  /** Sealed bytes that came from the store. */
  public long bytesReceived() {
    return bytesReceived;
  }

  @Override
  public void close() {
    packKey.close();
    opener.close();
    retained.clear();
  }
}
