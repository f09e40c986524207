package org.hikae.device.backup;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Set;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.PackTable;
import org.hikae.device.sealing.ChunkIds;
import org.hikae.device.sealing.PackEntry;
import org.hikae.device.sealing.PackReader;
import org.hikae.device.sealing.PackWriter;
import org.hikae.device.sealing.SealContext;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/** Stores the chunks of files, each once: known ones are referred to, new ones go into packs. */
final class ChunkSink implements AutoCloseable {

  private final SealContext context;
  private final SecureRandom random;
  private final SecretBytes packKey;
  private final ChunkIds ids;
  private final ChunkIndex index;
  private final PackTable packs;
  private final PackUploader uploader;
  private final PendingPacks pending;
  private @Nullable PackWriter open;
  private int openNumber;

  ChunkSink(Run run, ChunkIndex index, PackTable packs) {
    this.context = run.context();
    this.random = run.random();
    this.uploader = run.uploader();
    this.pending = run.pending();
    this.index = index;
    this.packs = packs;
    this.packKey = run.key().subkey(Subkey.PACK);
    this.ids = chunkIds(run.key());
  }

  static ChunkIds chunkIds(BackupKey key) {
    try (SecretBytes chunkId = key.subkey(Subkey.CHUNK_ID)) {
      return new ChunkIds(chunkId);
    }
  }

  /** Makes use of packs that an interrupted run sent and that are still stored. */
  void reuse(Set<Hash256> stored) {
    pending.read(
        (name, header, length, tail) -> {
          if (stored.contains(name)) {
            PackReader reader = PackReader.open(packKey, context, header);
            int number = packs.allocate();
            packs.assign(number, name);
            for (PackReader.Listed chunk : reader.directory(tail, length)) {
              // The directory has no plain lengths; the chunk's own counts when it is met again.
              index.add(new ChunkRef(number, chunk.entry(), 0, chunk.chunkId()));
            }
          }
        });
  }

  /** Stores a chunk, or finds it stored. */
  ChunkRef store(byte[] data, int offset, int length) throws IOException, StoreException {
    Hash256 id = ids.of(data, offset, length);
    ChunkRef known = index.find(id);
    if (known != null) {
      packs.use(known.pack());
      return new ChunkRef(known.pack(), known.entry(), length, id);
    }
    PackWriter pack = open;
    if (pack == null) {
      pack = new PackWriter(packKey, context, random);
      open = pack;
      openNumber = packs.allocate();
    }
    PackEntry entry = pack.add(id, data, offset, length);
    ChunkRef ref = new ChunkRef(openNumber, entry, length, id);
    index.add(ref);
    packs.use(openNumber);
    if (pack.isFull()) {
      flush();
    }
    return ref;
  }

  /** Sends the pack that is open. */
  void flush() throws StoreException {
    PackWriter pack = open;
    if (pack != null) {
      open = null;
      PackWriter.SealedPack sealed = pack.finish();
      packs.assign(openNumber, sealed.name());
      uploader.submit(sealed, pending::add);
    }
  }

  @Override
  public void close() {
    packKey.close();
  }
}
