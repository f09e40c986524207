package org.hikae.device.backup.pack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.chunking.Chunker;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.ManifestRef;
import org.hikae.device.manifest.RootContent;
import org.hikae.device.sealing.ChunkIdHasher;
import org.hikae.device.sealing.PackEntry;
import org.hikae.device.sealing.PackReader;
import org.hikae.device.sealing.PackWriter;
import org.hikae.device.sealing.PackWriter.SealedPack;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * Stores the manifest: cut like any data, in packs of its own, so that reading it back fetches
 * nothing else. Chunks that the previous snapshot's manifest has already are referred to.
 */
public final class ManifestSink implements AutoCloseable {

  private final RunContext run;
  private final SecretBytes packKey;
  private final ChunkIdHasher ids;
  private final Chunker chunker;
  private final Map<Hash256, ManifestRef> known = new HashMap<>();
  private final List<UnresolvedReference> refs = new ArrayList<>();
  private final List<Future<Hash256>> packs = new ArrayList<>();
  private @Nullable PackWriter open;

  /** A reference whose pack is known by name, or by its number among those made here. */
  private record UnresolvedReference(
      @Nullable ManifestRef known, int pack, @Nullable ChunkRef ref) {}

  /**
   * Begins a manifest.
   *
   * @param chunker cuts it
   * @param previous root of the snapshot before; null if there is none
   * @param lost packs of it that are not stored any more
   */
  public ManifestSink(
      RunContext run, Chunker chunker, @Nullable RootContent previous, Set<Hash256> lost) {
    this.run = run;
    this.packKey = run.key().subkey(Subkey.PACK);
    this.ids = ChunkSink.chunkIds(run.key());
    this.chunker = chunker;
    if (previous != null) {
      for (List<ManifestRef> part : List.of(previous.tree(), previous.packTable())) {
        for (ManifestRef each : part) {
          if (!lost.contains(each.pack())) {
            known.put(each.ref().chunkId(), each);
          }
        }
      }
    }
  }

  /** Makes use of packs that an interrupted run sent and that are still stored. */
  public void reuse(Set<Hash256> stored) {
    run.pending()
        .read(
            pendingPack -> {
              if (pendingPack.number() == PendingPacks.OF_MANIFEST
                  && stored.contains(pendingPack.name())) {
                PackReader reader = PackReader.open(packKey, run.context(), pendingPack.header());
                for (PackReader.Listed chunk :
                    reader.directory(pendingPack.tail(), pendingPack.length())) {
                  // The directory has no plain lengths; the chunk's own counts when it is met.
                  ChunkRef ref = new ChunkRef(0, chunk.entry(), 0, chunk.chunkId());
                  known.putIfAbsent(chunk.chunkId(), new ManifestRef(pendingPack.name(), ref));
                }
              }
            });
  }

  /** The next bytes of a stream. */
  public void write(byte[] bytes) throws IOException, BackupStoreException {
    chunker.write(bytes, 0, bytes.length, this::store);
  }

  /** Ends a stream; {@link #named} gives its chunks once all packs are closed. */
  public int finish() throws IOException, BackupStoreException {
    chunker.finish(this::store);
    return refs.size();
  }

  private void store(byte[] data, int offset, int length) throws BackupStoreException {
    Hash256 id = ids.of(data, offset, length);
    ManifestRef before = known.get(id);
    if (before != null) {
      ChunkRef ref = new ChunkRef(0, before.ref().entry(), length, id);
      refs.add(new UnresolvedReference(new ManifestRef(before.pack(), ref), 0, null));
      return;
    }
    PackWriter pack = open;
    if (pack == null) {
      pack = new PackWriter(packKey, run.context(), run.random());
      open = pack;
    }
    PackEntry entry = pack.add(id, data, offset, length);
    refs.add(new UnresolvedReference(null, packs.size(), new ChunkRef(0, entry, length, id)));
    if (pack.isFull()) {
      flush();
    }
  }

  /** Sends the pack that is open. */
  public void flush() throws BackupStoreException {
    PackWriter pack = open;
    if (pack != null) {
      open = null;
      packs.add(run.uploader().submit(pack.finish(), this::beforeSending));
    }
  }

  private void beforeSending(Hash256 name, SealedPack pack) {
    run.pending().add(PendingPacks.OF_MANIFEST, name, pack);
    run.cache().put(name, pack.object());
  }

  /** References from one position to another, with the names of their packs. */
  public List<ManifestRef> named(int from, int to) throws BackupStoreException {
    List<ManifestRef> named = new ArrayList<>(to - from);
    for (UnresolvedReference each : refs.subList(from, to)) {
      ChunkRef ref = each.ref();
      if (each.known() != null) {
        named.add(each.known());
      } else if (ref != null) {
        named.add(new ManifestRef(PackUploader.name(packs.get(each.pack())), ref));
      }
    }
    return named;
  }

  /** Names of all packs that the manifest needs. */
  public Set<Hash256> usedPacks() throws BackupStoreException {
    Set<Hash256> used = new HashSet<>();
    named(0, refs.size()).forEach(each -> used.add(each.pack()));
    return used;
  }

  @Override
  public void close() {
    packKey.close();
  }
}
