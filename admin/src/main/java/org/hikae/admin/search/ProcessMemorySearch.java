package org.hikae.admin.search;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * All memory that a process of this computer has written, as whoever is root reads it. Nothing of
 * it is put on a disk.
 */
public final class ProcessMemorySearch {

  /** Memory is read in pieces that overlap by more than the longest pattern. */
  private static final int PIECE_BYTES = 1 << 20;

  private static final int OVERLAP_BYTES = 1 << 12;
  private static final int HEX = 16;

  private ProcessMemorySearch() {}

  /**
   * Searches the memory of a process.
   *
   * @throws IOException when it is not there, or this user may not read its memory
   */
  public static void search(long pid, String place, MultiPatternSearch search) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    try (RandomAccessFile memory = new RandomAccessFile(process.resolve("mem").toFile(), "r")) {
      for (String line : Files.readAllLines(process.resolve("maps"))) {
        int dash = line.indexOf('-');
        int space = line.indexOf(' ');
        if (line.startsWith("rw", space + 1)) {
          long from = Long.parseUnsignedLong(line.substring(0, dash), HEX);
          long to = Long.parseUnsignedLong(line.substring(dash + 1, space), HEX);
          range(memory, from, to, place, search);
        }
      }
    }
  }

  private static void range(
      RandomAccessFile memory, long from, long to, String place, MultiPatternSearch search)
      throws IOException {
    if (from < 0) {
      // The kernel's own page, which no seek reaches.
      return;
    }
    for (long at = from; at < to; at += PIECE_BYTES - OVERLAP_BYTES) {
      byte[] piece = new byte[(int) Math.min(PIECE_BYTES, to - at)];
      memory.seek(at);
      try {
        memory.readFully(piece);
      } catch (IOException e) {
        // A guard page, or a mapping that has gone since.
        continue;
      }
      search.bytes(place, piece);
    }
  }
}
