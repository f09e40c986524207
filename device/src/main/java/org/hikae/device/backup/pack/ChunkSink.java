package org.hikae.device.backup.pack;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Future;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.manifest.PackTable;
import org.hikae.device.sealing.ChunkFrameBytes;
import org.hikae.device.sealing.ChunkIdHasher;
import org.hikae.device.sealing.PackBuffer;
import org.hikae.device.sealing.PackReader;
import org.hikae.device.sealing.PackWriter;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.snapshot.ChunkIndex;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/** Stores the chunks of files, each once: known ones are referred to, new ones go into packs. */
public final class ChunkSink implements AutoCloseable {

  private final SealContext context;
  private final SecureRandom random;
  private final SecretBytes packKey;
  private final ChunkIndex index;
  private final PackTable packs;
  private final PackUploader uploader;
  private final PendingPacks pending;
  private final PackBuffer buffer = new PackBuffer();

  /** Packs whose names are being computed: hardly more than are being sent. */
  private final Queue<UnresolvedChunk> unresolvedChunk = new ArrayDeque<>();

  private @Nullable PackWriter open;
  private int openNumber;

  public ChunkSink(RunContext run, ChunkIndex index, PackTable packs) {
    this.context = run.context();
    this.random = run.random();
    this.uploader = run.uploader();
    this.pending = run.pending();
    this.index = index;
    this.packs = packs;
    this.packKey = run.key().subkey(Subkey.PACK);
  }

  private record UnresolvedChunk(int number, Future<Hash256> name) {}

  public static ChunkIdHasher chunkIds(BackupKey key) {
    try (SecretBytes chunkId = key.subkey(Subkey.CHUNK_ID)) {
      return new ChunkIdHasher(chunkId);
    }
  }

  /** Makes use of packs that an interrupted run sent and that are still stored. */
  public void reuse(Set<Hash256> stored) throws IOException, BackupStoreException {
    if (!stored.isEmpty()) {
      index.fill();
    }
    pending.read(
        pendingPack -> {
          if (pendingPack.number() >= 0 && stored.contains(pendingPack.name())) {
            PackReader reader = PackReader.open(packKey, context, pendingPack.header());
            List<PackReader.Listed> chunks =
                reader.directory(pendingPack.tail(), pendingPack.length());
            // With the same numbers the manifest becomes the same bytes as in that run.
            int number = packs.allocate(pendingPack.number());
            packs.assign(number, pendingPack.name());
            for (PackReader.Listed chunk : chunks) {
              // The directory has no plain lengths; the chunk's own counts when it is met again.
              index.add(new ChunkRef(number, chunk.entry(), 0, chunk.chunkId()));
            }
          }
        });
  }

  /** Notes that a chunk of the previous snapshot is needed. */
  void use(ChunkRef known) {
    packs.use(known.pack());
  }

  /** Stores a chunk, or finds it stored. */
  ChunkRef store(WalkBatch.NewChunkStep chunk) throws IOException, BackupStoreException {
    Hash256 id = chunk.id();
    int length = chunk.length();
    ChunkRef known = index.find(id);
    if (known != null) {
      packs.use(known.pack());
      return new ChunkRef(known.pack(), known.entry(), length, id);
    }
    ChunkFrameBytes frame = chunk.frame();
    if (frame == null) {
      throw new IllegalStateException("a chunk that was known is not known any more");
    }
    PackWriter pack = open;
    if (pack == null) {
      pack = new PackWriter(packKey, context, random, buffer);
      open = pack;
      openNumber = packs.allocate();
    }
    ChunkRef ref = new ChunkRef(openNumber, pack.add(id, frame), length, id);
    index.add(ref);
    packs.use(openNumber);
    if (pack.isFull()) {
      flush();
    }
    return ref;
  }

  /** Sends the pack that is open. */
  public void flush() throws BackupStoreException {
    PackWriter pack = open;
    if (pack != null) {
      open = null;
      int number = openNumber;
      Future<Hash256> name =
          uploader.submit(
              pack.finish(uploader::buffer), (named, made) -> pending.add(number, named, made));
      unresolvedChunk.add(new UnresolvedChunk(number, name));
      while (!unresolvedChunk.isEmpty() && unresolvedChunk.element().name().isDone()) {
        assignFirst();
      }
    }
  }

  /** Waits until every number has its name. */
  public void awaitNames() throws BackupStoreException {
    while (!unresolvedChunk.isEmpty()) {
      assignFirst();
    }
  }

  private void assignFirst() throws BackupStoreException {
    UnresolvedChunk first = unresolvedChunk.remove();
    packs.assign(first.number(), PackUploader.name(first.name()));
  }

  @Override
  public void close() {
    packKey.close();
  }
}
