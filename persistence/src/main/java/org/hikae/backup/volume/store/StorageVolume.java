package org.hikae.backup.volume.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * The few calls by which a store of files reaches its folder. Paths are relative to it, with
 * slashes. What a call has changed may be lost with the power, or come in another order, until
 * {@link OpenOutput#sync} of the file or {@link #syncFolder} of its folder has returned.
 */
public interface StorageVolume {

  /** A file that is being written. */
  interface OpenOutput extends Closeable {

    /** Takes some of what remains, at least one byte; it is in the file after {@link #sync}. */
    int write(ByteBuffer bytes) throws IOException;

    /** The bytes and their number survive the loss of power. */
    void sync() throws IOException;
  }

  /** A file that is being read; it stays readable when its name goes. */
  interface OpenInput extends Closeable {

    /** Reads some bytes from a position on; -1 behind the end. */
    int read(ByteBuffer target, long position) throws IOException;
  }

  /**
   * Makes a file that only the portal's user may read; fails when the name is taken.
   *
   * @param expectedBytes about how many bytes come, which may decide how they are written
   */
  OpenOutput create(String path, long expectedBytes) throws IOException;

  /** Opens a file; {@link java.nio.file.NoSuchFileException} when there is none. */
  OpenInput open(String path) throws IOException;

  /** Length of a file; empty when there is none. */
  OptionalLong size(String path) throws IOException;

  /** Gives a file another name, atomically, in place of what had it. */
  void rename(String from, String to) throws IOException;

  /** The names in a folder, and what they stand for, survive the loss of power. */
  void syncFolder(String path) throws IOException;

  /** Makes a folder that only the portal's user may enter, unless it is there. */
  void makeFolder(String path) throws IOException;

  /** Removes a file or an empty folder, if it is there. */
  void delete(String path) throws IOException;

  /** Names in a folder; none when it is not there. */
  List<String> list(String path) throws IOException;

  /** When a file was written or touched; {@link Instant#MAX} when it is not there. */
  Instant touched(String path) throws IOException;

  /** Notes a time at a file, if it is there. */
  void touch(String path, Instant now) throws IOException;
}
