package org.hikae.enrollment.distribution.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.hikae.enrollment.distribution.view.AgentPackageFault;

/**
 * Reads the beginning of a tar archive (POSIX ustar, GNU) from a stream that may come out of a
 * decompressor: never more than a number of bytes, whatever the archive says. Names of more than
 * 100 bytes, which come as entries of their own, are passed over.
 */
final class TarReader {

  private static final int BLOCK = 512;
  private static final int NAME_BYTES = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_BYTES = 12;
  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM_BYTES = 8;
  private static final int TYPE_AT = 156;

  private final InputStream in;
  private long left;

  /**
   * At the beginning of an archive.
   *
   * @param maxBytes most bytes that are read of it
   */
  TarReader(InputStream in, long maxBytes) {
    this.in = in;
    this.left = maxBytes;
  }

  /**
   * An entry, whose bytes come next.
   *
   * @param name as it stands there
   * @param size bytes that it has
   * @param file whether it is a file
   */
  record TarEntry(String name, long size, boolean file) {}

  /** The next entry; empty at the end of the archive. */
  Optional<TarEntry> next() throws IOException, InvalidPackageException {
    byte[] header = read(BLOCK);
    if (isZero(header)) {
      return Optional.empty();
    }
    if (number(header, CHECKSUM_AT, CHECKSUM_BYTES) != checksum(header)) {
      throw invalid();
    }
    int end = 0;
    while (end < NAME_BYTES && header[end] != 0) {
      end++;
    }
    byte type = header[TYPE_AT];
    return Optional.of(
        new TarEntry(
            new String(header, 0, end, UTF_8),
            number(header, SIZE_AT, SIZE_BYTES),
            type == '0' || type == 0));
  }

  /** The bytes of the entry that was read last, if they are no more than allowed. */
  byte[] content(TarEntry entry, int maxBytes) throws IOException, InvalidPackageException {
    if (entry.size() > maxBytes) {
      throw invalid();
    }
    return read((int) entry.size());
  }

  /** Goes on to the next entry without the bytes of the one that was read last. */
  void skip(TarEntry entry) throws IOException, InvalidPackageException {
    long rest = (entry.size() + BLOCK - 1) / BLOCK * BLOCK;
    while (rest > 0) {
      rest -= read((int) Math.min(rest, 64 * BLOCK)).length;
    }
  }

  private byte[] read(int bytes) throws IOException, InvalidPackageException {
    if (bytes > left) {
      throw invalid();
    }
    left -= bytes;
    byte[] found = in.readNBytes(bytes);
    if (found.length < bytes) {
      throw invalid();
    }
    return found;
  }

  /** Octal digits, ended by a space or a zero byte. */
  private static long number(byte[] header, int at, int length) throws InvalidPackageException {
    String digits = new String(header, at, length, US_ASCII).replace('\0', ' ').strip();
    if (!digits.matches("[0-7]{1,11}")) {
      throw invalid();
    }
    return Long.parseLong(digits, 8);
  }

  private static long checksum(byte[] header) {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean own = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_BYTES;
      sum += own ? ' ' : header[i] & 0xFF;
    }
    return sum;
  }

  private static boolean isZero(byte[] header) {
    for (byte each : header) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  private static InvalidPackageException invalid() {
    return new InvalidPackageException(AgentPackageFault.FORMAT);
  }
}
