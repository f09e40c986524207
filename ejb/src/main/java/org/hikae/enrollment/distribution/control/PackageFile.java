package org.hikae.enrollment.distribution.control;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Set;
import org.hikae.enrollment.distribution.view.AgentPackageFault;
import org.hikae.hk1.Hash256;

/** Opens, hashes and sends the bytes of one file of the folder. */
final class PackageFile {

  private static final int BUFFER_BYTES = 64 << 10;

  private static final Set<PosixFilePermission> OTHERS_WRITE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private PackageFile() {}

  /**
   * Opens the file for reading. A link is not followed, and a pipe is not opened: that would wait
   * until somebody writes into it.
   *
   * @throws InvalidPackageException when it is no file, or others than its owner may write into it
   */
  static SeekableByteChannel open(Path path) throws IOException, InvalidPackageException {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw new InvalidPackageException(AgentPackageFault.NO_FILE);
    }
    if (!Collections.disjoint(attributes.permissions(), OTHERS_WRITE)) {
      throw new InvalidPackageException(AgentPackageFault.OPEN);
    }
    return Files.newByteChannel(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  /** SHA-256 of the next bytes, hexadecimal. */
  static String sha256(ReadableByteChannel file, long size) throws IOException {
    MessageDigest digest = Hash256.newDigest();
    byte[] bytes = new byte[BUFFER_BYTES];
    for (long left = size; left > 0; ) {
      int count = fill(file, bytes, left);
      digest.update(bytes, 0, count);
      left -= count;
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Sends the next bytes. The last of them leave only when all of them are those that are meant: a
   * file that somebody has changed meanwhile arrives cut off, never as another one.
   *
   * @param sha256 of all of them, hexadecimal
   * @throws IOException when it is another file, too
   */
  static void send(ReadableByteChannel file, long size, String sha256, OutputStream out)
      throws IOException {
    MessageDigest digest = Hash256.newDigest();
    byte[] bytes = new byte[BUFFER_BYTES];
    long left = size;
    while (left > 0) {
      int count = fill(file, bytes, left);
      digest.update(bytes, 0, count);
      left -= count;
      if (left == 0 && !HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
        throw new IOException("The package is another one than the portal has read.");
      }
      out.write(bytes, 0, count);
    }
  }

  /** So many bytes from this place on. */
  static byte[] part(SeekableByteChannel file, long from, int length) throws IOException {
    byte[] bytes = new byte[length];
    if (fill(file.position(from), bytes, length) < length) {
      throw new IOException("The package is shorter than the portal has read.");
    }
    return bytes;
  }

  /** As many bytes as there is room for, or as are left. */
  private static int fill(ReadableByteChannel file, byte[] bytes, long left) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, (int) Math.min(left, bytes.length));
    while (buffer.hasRemaining()) {
      if (file.read(buffer) < 0) {
        throw new IOException("The package is shorter than the portal has read.");
      }
    }
    return buffer.position();
  }
}
