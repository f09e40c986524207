package org.hikae.device.snapshot;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.hikae.device.files.DiskFullCheck;
import org.hikae.device.manifest.ChunkRef;
import org.hikae.device.sealing.PackEntry;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.jspecify.annotations.Nullable;

/**
 * Which chunks of this device's series are stored, and where. Records in the order in which they
 * came, and a hash table of their numbers: about 60 bytes for each chunk. Both are in mapped
 * temporary files, so that their size does not count against the heap, or where the disk is full in
 * memory outside the heap; identifiers are spread evenly by themselves. Made anew for each run and
 * gone after it. Safe for several threads.
 */
public final class ChunkIndex implements AutoCloseable {

  /** Identifier, pack, number in it, offset, sealed length, plain length. */
  private static final int RECORD_BYTES = 52;

  /** Records that are mapped at a time, 425 KB of them. */
  private static final int BLOCK_RECORDS = 1 << 13;

  private static final int FIRST_SLOTS = 1 << 14;
  private static final long ZEROS_BYTES = 256 * 1024;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfInt START = INT.withOrder(ByteOrder.BIG_ENDIAN);

  private final @Nullable Path folder;
  private final Arena arena = Arena.ofShared();
  private final List<MemorySegment> blocks = new ArrayList<>();

  /** Of the slots alone: they are left behind when there are more. */
  private Arena slotsArena = Arena.ofShared();

  /** Numbers of records from 1; 0 in a free slot. */
  private MemorySegment slots;

  private int mask = FIRST_SLOTS - 1;
  private int count;
  private @Nullable IndexLoader indexLoader;

  /** Puts in what is known before the run. */
  @FunctionalInterface
  public interface IndexLoader {
    /** Adds every chunk to the index. */
    void fill(ChunkIndex index) throws IOException, BackupStoreException;
  }

  /** Uses files in {@code folder}, or memory outside the heap when there is no folder. */
  public ChunkIndex(@Nullable Path folder) throws IOException {
    this.folder = folder;
    this.slots = allocate(slotsArena, folder, (long) FIRST_SLOTS * Integer.BYTES);
  }

  private static MemorySegment allocate(Arena arena, @Nullable Path folder, long bytes)
      throws IOException {
    if (folder == null) {
      return arena.allocate(bytes);
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
      if (DiskFullCheck.isBehind(e, folder)) {
        // Whose disk is full wants a backup before making room.
        return arena.allocate(bytes);
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
    ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(bytes, ZEROS_BYTES));
    for (long at = 0; at < bytes; at += zeros.position()) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - at));
      while (zeros.hasRemaining()) {
        channel.write(zeros, at + zeros.position());
      }
    }
  }

  /** Has it filled by whoever asks first: a run that reads no file never does. */
  public synchronized void filledBy(IndexLoader later) {
    indexLoader = later;
  }

  /** Fills it unless that was done, so that what is added next does not come before. */
  public synchronized void fill() throws IOException, BackupStoreException {
    IndexLoader first = indexLoader;
    if (first != null) {
      indexLoader = null;
      first.fill(this);
    }
  }

  /** Where the chunk is, if it is known. */
  synchronized @Nullable public ChunkRef find(Hash256 chunkId)
      throws IOException, BackupStoreException {
    fill();
    int number = slots.getAtIndex(INT, locate(chunkId.toBytes()));
    if (number == 0) {
      return null;
    }
    MemorySegment block = block(number);
    long at = offset(number) + Hk1Constants.HASH_BYTES;
    int pack = block.get(INT, at);
    PackEntry entry =
        new PackEntry(block.get(INT, at + 4), block.get(INT, at + 8), block.get(INT, at + 12));
    return new ChunkRef(pack, entry, block.get(INT, at + 16), chunkId);
  }

  /** Notes a chunk unless it is known already. */
  public synchronized void add(ChunkRef ref) throws IOException {
    byte[] id = ref.chunkId().toBytes();
    long slot = locate(id);
    if (slots.getAtIndex(INT, slot) != 0) {
      return;
    }
    if (count % BLOCK_RECORDS == 0) {
      blocks.add(allocate(arena, folder, (long) BLOCK_RECORDS * RECORD_BYTES));
    }
    int number = count + 1;
    MemorySegment block = block(number);
    long at = offset(number);
    MemorySegment.copy(id, 0, block, ValueLayout.JAVA_BYTE, at, id.length);
    at += id.length;
    block.set(INT, at, ref.pack());
    block.set(INT, at + 4, ref.entry().number());
    block.set(INT, at + 8, ref.entry().offset());
    block.set(INT, at + 12, ref.entry().sealedLength());
    block.set(INT, at + 16, ref.length());
    slots.setAtIndex(INT, slot, number);
    count = number;
    // Three quarters full at most, so that few slots are looked at.
    if (count > mask / 4 * 3) {
      moreSlots();
    }
  }

  private MemorySegment block(int number) {
    return blocks.get((number - 1) / BLOCK_RECORDS);
  }

  private static long offset(int number) {
    return (long) ((number - 1) % BLOCK_RECORDS) * RECORD_BYTES;
  }

  /** The slot of the record with this identifier, or the free one where it belongs. */
  private long locate(byte[] id) {
    int slot = ByteBuffer.wrap(id).getInt() & mask;
    for (int number = slots.getAtIndex(INT, slot);
        number != 0 && !holds(number, id);
        number = slots.getAtIndex(INT, slot)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean holds(int number, byte[] id) {
    long at = offset(number);
    return MemorySegment.mismatch(
            block(number), at, at + id.length, MemorySegment.ofArray(id), 0, id.length)
        == -1;
  }

  private void moreSlots() throws IOException {
    Arena wider = Arena.ofShared();
    MemorySegment more = allocate(wider, folder, 2 * slots.byteSize());
    mask = 2 * mask + 1;
    for (int number = 1; number <= count; number++) {
      int slot = block(number).get(START, offset(number)) & mask;
      while (more.getAtIndex(INT, slot) != 0) {
        slot = (slot + 1) & mask;
      }
      more.setAtIndex(INT, slot, number);
    }
    slotsArena.close();
    slotsArena = wider;
    slots = more;
  }

  @Override
  public synchronized void close() {
    slotsArena.close();
    arena.close();
  }
}
