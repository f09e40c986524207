package org.hikae.persistence.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a disk was told: writes, flushes and, between them, marks of whoever caused them. Of it the
 * content is made that a disk may have after the power went.
 */
public final class DiskLog {

  /** A disk keeps blocks of this size whole or not at all. */
  private static final int BLOCK_BYTES = 4096;

  /** What was told. */
  private enum EntryKind {
    WRITE,
    FLUSH,
    MARK
  }

  /**
   * What was told at once.
   *
   * @param offset on the disk
   * @param length of the bytes
   * @param at where they stand in the log
   * @param mark what a mark says
   */
  private record DiskEntry(EntryKind kind, long offset, int length, long at, String mark) {}

  /** Writes a log. */
  static final class LogWriter implements AutoCloseable {

    private final DataOutputStream out;

    LogWriter(Path log) throws IOException {
      out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(log), 1 << 20));
    }

    void write(long offset, ByteBuffer bytes) throws IOException {
      append(EntryKind.WRITE, offset, bytes);
    }

    void flush() throws IOException {
      append(EntryKind.FLUSH, 0, ByteBuffer.allocate(0));
    }

    void mark(ByteBuffer text) throws IOException {
      append(EntryKind.MARK, 0, text);
    }

    private void append(EntryKind kind, long offset, ByteBuffer bytes) throws IOException {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      out.writeUTF(kind.name());
      out.writeLong(offset);
      out.writeInt(copy.length);
      out.write(copy);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  private final Path log;
  private final List<DiskEntry> entries = new ArrayList<>();

  /** Reads a log that was closed. */
  public DiskLog(Path log) throws IOException {
    this.log = log;
    long at = 0;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(log), 1 << 20))) {
      long size = Files.size(log);
      while (at < size) {
        String word = in.readUTF();
        EntryKind kind = EntryKind.valueOf(word);
        long offset = in.readLong();
        int length = in.readInt();
        byte[] bytes = in.readNBytes(length);
        at += 2 + word.length() + 8 + 4;
        String mark = kind == EntryKind.MARK ? new String(bytes, StandardCharsets.US_ASCII) : "";
        entries.add(new DiskEntry(kind, offset, length, at, mark));
        at += length;
      }
    }
  }

  /** How many entries there are; the power may go after each. */
  public int size() {
    return entries.size();
  }

  /** How often the disk was flushed. */
  public long flushes() {
    return entries.stream().filter(entry -> entry.kind() == EntryKind.FLUSH).count();
  }

  /** Marks that were set before the power went after so many entries. */
  public List<String> marks(int cut) {
    return entries.subList(0, cut).stream()
        .filter(entry -> entry.kind() == EntryKind.MARK)
        .map(DiskEntry::mark)
        .toList();
  }

  /** The moment before the next flush, when most is not flushed; the end when none comes. */
  public int beforeFlush(int cut) {
    int next = cut;
    while (next < entries.size() && entries.get(next).kind() != EntryKind.FLUSH) {
      next++;
    }
    return next;
  }

  /** The last flush before a cut, as a number of entries. */
  private int flushed(int cut) {
    int end = cut;
    while (end > 0 && entries.get(end - 1).kind() != EntryKind.FLUSH) {
      end--;
    }
    return end;
  }

  /**
   * Brings a disk on which the first {@code done} entries were written to the flush before a cut.
   */
  public int bringTo(int cut, Path disk, int done) throws IOException {
    int end = Math.max(done, flushed(cut));
    try (FileChannel from = FileChannel.open(log, StandardOpenOption.READ);
        FileChannel to = FileChannel.open(disk, StandardOpenOption.WRITE)) {
      for (DiskEntry entry : entries.subList(done, end)) {
        if (entry.kind() == EntryKind.WRITE) {
          copy(from, entry.at(), to, entry.offset(), entry.length());
        }
      }
    }
    return end;
  }

  /**
   * Writes some blocks of what was not flushed before a cut. In which order blocks come to a disk
   * does not show in the end; of one block that was written twice the older content may stay.
   *
   * @param kept how many of a hundred come to the disk
   * @return how many did not
   */
  public int scatter(int cut, Path disk, int kept, RandomGenerator random) throws IOException {
    List<DiskEntry> blocks = new ArrayList<>();
    for (DiskEntry entry : entries.subList(flushed(cut), cut)) {
      for (int done = 0;
          entry.kind() == EntryKind.WRITE && done < entry.length();
          done += BLOCK_BYTES) {
        int length = Math.min(BLOCK_BYTES, entry.length() - done);
        blocks.add(
            new DiskEntry(EntryKind.WRITE, entry.offset() + done, length, entry.at() + done, ""));
      }
    }
    int all = blocks.size();
    blocks.removeIf(_ -> random.nextInt(100) >= kept);
    try (FileChannel from = FileChannel.open(log, StandardOpenOption.READ);
        FileChannel to = FileChannel.open(disk, StandardOpenOption.WRITE)) {
      for (DiskEntry block : blocks) {
        copy(from, block.at(), to, block.offset(), block.length());
      }
    }
    return all - blocks.size();
  }

  private static void copy(FileChannel from, long at, FileChannel to, long offset, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && from.read(bytes, at + bytes.position()) >= 0) {
      // Goes on to the end of what was written.
    }
    bytes.flip();
    for (long next = offset; bytes.hasRemaining(); ) {
      next += to.write(bytes, next);
    }
  }
}
