package org.hikae.device.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;

/**
 * Writes the records of a manifest. Chunk references are gathered, so that a large file costs few
 * records; nothing else is held.
 *
 * @param <E> what the output may fail with
 */
public final class ManifestWriter<E extends Exception> {

  /** First byte of the stream: the version of the format. */
  static final byte VERSION = 1;

  /** Most references in one record. */
  static final int MAX_REFS = 256;

  /** Longest record, its head not counted. */
  static final int MAX_RECORD_BYTES = 1024 * 1024;

  static final byte ENTER = 1;
  static final byte LEAVE = 2;
  static final byte FILE = 3;
  static final byte RESTART = 4;
  static final byte DATA = 5;
  static final byte HOLE = 6;
  static final byte FILE_END = 7;
  static final byte HARD_LINK = 8;
  static final byte SYMLINK = 9;
  static final byte FIFO = 10;
  static final byte END = 11;

  private static final int HEAD_BYTES = 5;

  private final ManifestOutput<E> out;
  private final List<ChunkRef> refs = new ArrayList<>(MAX_REFS);
  private long length;

  /** Starts a stream. */
  public ManifestWriter(ManifestOutput<E> out) throws IOException, E {
    this.out = out;
    out.write(new byte[] {VERSION});
  }

  /**
   * Takes the bytes.
   *
   * @param <E> what it may fail with
   */
  @FunctionalInterface
  public interface ManifestOutput<E extends Exception> {
    /** The next bytes of the stream. */
    void write(byte[] bytes) throws IOException, E;
  }

  /**
   * Writes any record; of {@link ManifestRecord.FileEnd} the length is that of what was written.
   */
  public void write(ManifestRecord record) throws IOException, E {
    switch (record) {
      case ManifestRecord.Enter enter -> enter(enter);
      case ManifestRecord.Leave _ -> leave();
      case ManifestRecord.FileStart file -> file(file);
      case ManifestRecord.Restart again -> restart(again);
      case ManifestRecord.Data data -> {
        for (ChunkRef ref : data.chunks()) {
          chunk(ref);
        }
      }
      case ManifestRecord.Hole hole -> hole(hole.length());
      case ManifestRecord.FileEnd end -> fileEnd(end.state());
      case ManifestRecord.HardLink link -> hardLink(link);
      case ManifestRecord.Symlink link -> symlink(link);
      case ManifestRecord.Fifo fifo -> fifo(fifo);
      case ManifestRecord.End _ -> end();
    }
  }

  /** A directory begins. */
  public void enter(ManifestRecord.Enter directory) throws IOException, E {
    ByteBuffer record = entry(ENTER, directory.name(), directory.metadata(), 1);
    write(record.put((byte) (directory.partial() ? 1 : 0)));
  }

  /** The directory ends. */
  public void leave() throws IOException, E {
    write(record(LEAVE, 0));
  }

  /** A file begins. */
  public void file(ManifestRecord.FileStart file) throws IOException, E {
    ByteBuffer record = entry(FILE, file.name(), file.metadata(), 8 + 4 + 8);
    length = 0;
    write(record.putLong(file.size()).putInt((int) file.links()).putLong(file.device()));
  }

  /** What came of the file so far does not count. */
  public void restart(ManifestRecord.Restart again) throws IOException, E {
    refs.clear();
    length = 0;
    ByteBuffer record = record(RESTART, again.metadata().encodedLength() + 8);
    again.metadata().write(record);
    write(record.putLong(again.size()));
  }

  /** The next chunk of the file. */
  public void chunk(ChunkRef ref) throws IOException, E {
    refs.add(ref);
    length += ref.length();
    if (refs.size() == MAX_REFS) {
      flush();
    }
  }

  /** A hole of the file. */
  public void hole(long bytes) throws IOException, E {
    flush();
    length += bytes;
    write(record(HOLE, 8).putLong(bytes));
  }

  /** The file ends. */
  public void fileEnd(State state) throws IOException, E {
    flush();
    write(record(FILE_END, 9).putLong(length).put(state.number()));
  }

  /** Bytes of the file so far. */
  public long fileLength() {
    return length;
  }

  /** One more name of a file. */
  public void hardLink(ManifestRecord.HardLink link) throws IOException, E {
    byte[] name = link.name();
    ByteBuffer record = record(HARD_LINK, 2 + name.length + 16);
    record.putShort((short) name.length).put(name);
    write(record.putLong(link.device()).putLong(link.inode()));
  }

  /** A symbolic link. */
  public void symlink(ManifestRecord.Symlink link) throws IOException, E {
    byte[] target = link.target();
    ByteBuffer record = entry(SYMLINK, link.name(), link.metadata(), 2 + target.length);
    write(record.putShort((short) target.length).put(target));
  }

  /** A named pipe. */
  public void fifo(ManifestRecord.Fifo fifo) throws IOException, E {
    write(entry(FIFO, fifo.name(), fifo.metadata(), 0));
  }

  /** The stream ends. */
  public void end() throws IOException, E {
    write(record(END, 0));
  }

  /** A record with its first fields; there is room for {@code more} bytes. */
  private static ByteBuffer entry(byte type, byte[] name, EntryMetadata metadata, int more) {
    ByteBuffer record = record(type, 2 + name.length + metadata.encodedLength() + more);
    record.putShort((short) name.length).put(name);
    metadata.write(record);
    return record;
  }

  private void flush() throws IOException, E {
    if (!refs.isEmpty()) {
      ByteBuffer record = record(DATA, refs.size() * ChunkRef.BYTES);
      for (ChunkRef ref : refs) {
        ref.write(record);
      }
      refs.clear();
      write(record);
    }
  }

  /** Room for a record of so many bytes, behind its head. */
  private static ByteBuffer record(byte type, int bytes) {
    if (bytes > MAX_RECORD_BYTES) {
      throw new IllegalArgumentException("a record has at most 1 MiB");
    }
    return ByteBuffer.allocate(HEAD_BYTES + bytes).put(type).putInt(bytes);
  }

  private void write(ByteBuffer record) throws IOException, E {
    if (record.arrayOffset() != 0 || record.hasRemaining()) {
      throw new IllegalStateException("a record has not the length that its head says");
    }
    out.write(record.array());
  }
}
