package org.hikae.device.backup;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.hikae.device.files.DiskFull;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.sealing.PackEntry;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1;
import org.jspecify.annotations.Nullable;

/**
 * Which chunks of this device's series are stored, and where. A hash table in a mapped temporary
 * file, so that its size does not count against the heap, or where the disk is full in memory
 * outside the heap; identifiers are spread evenly by themselves. Made anew for each run and gone
 * after it. Safe for several threads.
 */
final class ChunkIndex implements AutoCloseable {

  private static final int SLOT_BYTES = 64;
  private static final long BLOCK_BYTES = 256 * 1024;
  private static final long MIN_SLOTS = 1 << 14;

  /** More than this is made only when it is needed. */
  private static final long MAX_FIRST_SLOTS = 1 << 20;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  private final @Nullable Path folder;
  private Arena arena;
  private MemorySegment table;
  private long slots;
  private long count;
  private @Nullable Filling filling;

  /** Puts in what is known before the run. */
  @FunctionalInterface
  interface Filling {
    /** Adds every chunk to the index. */
    void fill(ChunkIndex index) throws IOException, StoreException;
  }

  /**
   * Uses a file in {@code folder}, or memory outside the heap when there is no folder.
   *
   * @param expected about how many chunks there will be
   */
  ChunkIndex(@Nullable Path folder, long expected) throws IOException {
    this.folder = folder;
    long enough = Long.highestOneBit(Math.clamp(expected, 0, MAX_FIRST_SLOTS)) * 4;
    this.slots = Math.clamp(enough, MIN_SLOTS, MAX_FIRST_SLOTS);
    this.arena = Arena.ofShared();
    this.table = allocate(arena, folder, slots * SLOT_BYTES);
  }

  private static MemorySegment allocate(Arena arena, @Nullable Path folder, long bytes)
      throws IOException {
    if (folder == null) {
      return arena.allocate(bytes, SLOT_BYTES);
    }
    Path file = null;
    try {
      file = Files.createTempFile(folder, "chunks", ".index");
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        reserve(channel, bytes);
        return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
      }
    } catch (IOException e) {
      if (DiskFull.isBehind(e, folder)) {
        // Whose disk is full wants a backup before making room.
        return arena.allocate(bytes, SLOT_BYTES);
      }
      throw e;
    } finally {
      // The mapping keeps the bytes; the name is not needed.
      if (file != null) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Writes it all: of a hole that the disk has no room for, a mapping learns by a signal. */
  private static void reserve(FileChannel channel, long bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(bytes, BLOCK_BYTES));
    for (long at = 0; at < bytes; at += zeros.position()) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - at));
      while (zeros.hasRemaining()) {
        channel.write(zeros, at + zeros.position());
      }
    }
  }

  /** Has it filled by whoever asks first: a run that reads no file never does. */
  synchronized void filledBy(Filling later) {
    filling = later;
  }

  /** Fills it unless that was done, so that what is added next does not come before. */
  synchronized void fill() throws IOException, StoreException {
    Filling first = filling;
    if (first != null) {
      filling = null;
      first.fill(this);
    }
  }

  /** Where the chunk is, if it is known. */
  synchronized @Nullable ChunkRef find(Hash256 chunkId) throws IOException, StoreException {
    fill();
    byte[] id = chunkId.toBytes();
    long at = locate(table, slots, id);
    if (table.get(INT, at + 52) == 0) {
      return null;
    }
    PackEntry entry =
        new PackEntry(table.get(INT, at + 36), table.get(INT, at + 40), table.get(INT, at + 44));
    return new ChunkRef(table.get(INT, at + 32), entry, table.get(INT, at + 48), chunkId);
  }

  /** Notes a chunk unless it is known already. */
  synchronized void add(ChunkRef ref) throws IOException {
    if (2 * (count + 1) > slots) {
      grow();
    }
    byte[] id = ref.chunkId().toBytes();
    long at = locate(table, slots, id);
    if (table.get(INT, at + 52) != 0) {
      return;
    }
    MemorySegment.copy(id, 0, table, ValueLayout.JAVA_BYTE, at, id.length);
    table.set(INT, at + 32, ref.pack());
    table.set(INT, at + 36, ref.entry().number());
    table.set(INT, at + 40, ref.entry().offset());
    table.set(INT, at + 44, ref.entry().sealedLength());
    table.set(INT, at + 48, ref.length());
    table.set(INT, at + 52, 1);
    count++;
  }

  /** Offset of the slot that holds the identifier, or of the free one where it belongs. */
  private static long locate(MemorySegment table, long slots, byte[] id) {
    long slot = 0;
    for (int i = 0; i < 8; i++) {
      slot = slot << 8 | (id[i] & 0xff);
    }
    slot &= slots - 1;
    while (true) {
      long at = slot * SLOT_BYTES;
      if (table.get(INT, at + 52) == 0 || holds(table, at, id)) {
        return at;
      }
      slot = (slot + 1) & (slots - 1);
    }
  }

  private static boolean holds(MemorySegment table, long at, byte[] id) {
    for (int i = 0; i < Hk1.HASH_BYTES; i++) {
      if (table.get(ValueLayout.JAVA_BYTE, at + i) != id[i]) {
        return false;
      }
    }
    return true;
  }

  private void grow() throws IOException {
    Arena wider = Arena.ofShared();
    MemorySegment copy = allocate(wider, folder, 2 * slots * SLOT_BYTES);
    byte[] id = new byte[Hk1.HASH_BYTES];
    for (long old = 0; old < slots * SLOT_BYTES; old += SLOT_BYTES) {
      if (table.get(INT, old + 52) != 0) {
        MemorySegment.copy(table, ValueLayout.JAVA_BYTE, old, id, 0, id.length);
        long at = locate(copy, 2 * slots, id);
        for (int word = 0; word < SLOT_BYTES; word += 8) {
          copy.set(LONG, at + word, table.get(LONG, old + word));
        }
      }
    }
    arena.close();
    arena = wider;
    table = copy;
    slots *= 2;
  }

  @Override
  public synchronized void close() {
    arena.close();
  }
}
