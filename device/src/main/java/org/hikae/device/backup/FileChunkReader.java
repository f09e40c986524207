package org.hikae.device.backup;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.hikae.device.backup.pack.RunContext;
import org.hikae.device.chunking.Chunker;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.FileStatus;
import org.hikae.device.files.RawFiles;
import org.hikae.device.files.RawPath;
import org.hikae.device.run.ChangeCounter;
import org.hikae.device.store.BackupStoreException;

/** Reads one file into chunks: data goes through the chunker, holes are noted and not read. */
final class FileChunkReader {

  /** Shorter holes are read as zeros: pieces between them would be too small to store well. */
  static final long MIN_HOLE_BYTES = 64 * 1024;

  private static final int BLOCK_BYTES = 512;

  private final RunContext run;
  private final RawFiles files;
  private final WalkBatchWriter out;
  private final Chunker chunker;
  private long bytesRead;
  private byte[] head = new byte[0];

  FileChunkReader(RunContext run, RawFiles files, WalkBatchWriter out, Chunker chunker) {
    this.run = run;
    this.files = files;
    this.out = out;
    this.chunker = chunker;
  }

  /**
   * Reads up to the size that {@code status} says.
   *
   * @param path makes the file's path, for people only
   */
  void read(FileHandle file, FileStatus status, Supplier<RawPath> path)
      throws IOException, BackupStoreException {
    long size = status.size();
    head = new byte[0];
    run.progress().within(path, 0);
    if (status.blocks() * BLOCK_BYTES >= size) {
      data(file, 0, size, path);
      return;
    }
    long at = 0;
    while (at < size) {
      long start = files.nextData(file, at);
      if (start < 0 || start >= size) {
        out.hole(size - at);
        return;
      }
      if (start - at >= MIN_HOLE_BYTES) {
        out.hole(start - at);
        at = start;
      }
      long end = endOfData(file, start, size);
      if (data(file, at, end, path) < end - at) {
        // The file became shorter; the look after reading will tell.
        return;
      }
      at = end;
    }
  }

  private long endOfData(FileHandle file, long start, long size) throws IOException {
    long end = files.nextHole(file, start);
    while (end >= 0 && end < size) {
      long next = files.nextData(file, end);
      if (next < 0 || next - end >= MIN_HOLE_BYTES) {
        return end;
      }
      end = files.nextHole(file, next);
    }
    return size;
  }

  private long data(FileHandle file, long from, long to, Supplier<RawPath> path)
      throws IOException, BackupStoreException {
    long[] at = {from};
    return chunker.<BackupStoreException>cut(
        (into, offset, length) -> {
          int wanted = (int) Math.min(length, to - at[0]);
          int got = files.read(file, at[0], into, offset, wanted);
          at[0] += got;
          return got;
        },
        (data, offset, length) -> {
          run.checkCancelled();
          if (head.length == 0) {
            int end = offset + Math.min(length, ChangeCounter.HEAD_BYTES);
            head = Arrays.copyOfRange(data, offset, end);
          }
          out.chunk(data, offset, length);
          bytesRead += length;
          run.progress().within(path, at[0]);
        });
  }

  /** The first bytes of the file that was read last, at most so many as are looked at. */
  byte[] head() {
    return head;
  }

  /** Plain bytes read so far. */
  long bytesRead() {
    return bytesRead;
  }
}
