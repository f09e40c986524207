package org.hikae.device.fuse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.FileType;

/**
 * Writes answers in the kernel's structures ({@code linux/fuse.h}, version 7.31). One instance
 * serves one thread, with one buffer for all its answers.
 */
final class FuseReplyWriter {

  /** Most bytes that follow the header. */
  static final int MAX_BYTES = 1024 * 1024;

  /** What an answer about one entry has at most. */
  static final int MAX_ENTRY_BYTES = 128;

  private static final int HEADER_BYTES = 16;
  private static final int DIRENT_BYTES = 24;
  private static final int FIRST_BYTES = HEADER_BYTES + 256 * 1024;
  private static final int BLOCK_BYTES = 512;
  private static final int PREFERRED_BYTES = 128 * 1024;

  /** Nothing changes as long as it is mounted, so the kernel need not ask again for a day. */
  private static final long VALID_SECONDS = 86_400;

  private ByteBuffer out = buffer(FIRST_BYTES);

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** Begins an answer with room for a body. */
  ByteBuffer begin(long unique, int bodyBytes) {
    if (out.capacity() < HEADER_BYTES + bodyBytes) {
      out = buffer(HEADER_BYTES + bodyBytes);
    }
    return out.clear().putInt(0).putInt(0).putLong(unique);
  }

  /** Ends an answer, which lies between position and limit then. */
  ByteBuffer end() {
    return out.putInt(0, out.position()).flip();
  }

  /** An answer of a failure. */
  ByteBuffer failure(long unique, int errno) {
    begin(unique, 0).putInt(4, -errno);
    return end();
  }

  /** {@code struct fuse_entry_out}: an entry that was looked up. */
  void entry(TreeEntry entry) {
    out.putLong(entry.node()).putLong(0);
    out.putLong(VALID_SECONDS).putLong(VALID_SECONDS).putInt(0).putInt(0);
    attributes(entry);
  }

  /** {@code struct fuse_attr_out}. */
  void status(TreeEntry entry) {
    out.putLong(VALID_SECONDS).putInt(0).putInt(0);
    attributes(entry);
  }

  private void attributes(TreeEntry entry) {
    FileTime modified = entry.modified();
    out.putLong(entry.node()).putLong(entry.size());
    out.putLong(Math.ceilDiv(entry.storedBytes(), BLOCK_BYTES));
    // A snapshot has no time of access.
    out.putLong(modified.seconds()).putLong(modified.seconds());
    out.putLong(entry.changed().seconds());
    out.putInt(modified.nanos()).putInt(modified.nanos()).putInt(entry.changed().nanos());
    out.putInt(entry.type().bits() | entry.mode());
    out.putInt((int) Math.min(entry.links(), Integer.MAX_VALUE));
    out.putInt(entry.uid()).putInt(entry.gid()).putInt(0);
    out.putInt(PREFERRED_BYTES).putInt(0);
  }

  /** How many bytes an entry of a list takes, with or without what is known of it. */
  static int listed(byte[] name, boolean plus) {
    int dirent = DIRENT_BYTES + name.length;
    return (plus ? MAX_ENTRY_BYTES : 0) + Math.ceilDiv(dirent, Long.BYTES) * Long.BYTES;
  }

  /** {@code struct fuse_dirent}, or {@code struct fuse_direntplus} with what is known of it. */
  void listed(TreeEntry entry, long next, boolean plus) {
    if (plus) {
      entry(entry);
    }
    dirent(entry.node(), entry.name(), entry.type(), next);
  }

  /** {@code .} or {@code ..}, which the kernel knows by itself. */
  void dots(long node, byte[] name, long next, boolean plus) {
    if (plus) {
      out.put(new byte[MAX_ENTRY_BYTES]);
    }
    dirent(node, name, FileType.DIRECTORY, next);
  }

  private void dirent(long node, byte[] name, FileType type, long next) {
    // The type as in d_type: the type bits of a mode without the twelve below.
    out.putLong(node).putLong(next).putInt(name.length).putInt(type.bits() >> 12).put(name);
    out.put(new byte[Math.ceilDiv(name.length, Long.BYTES) * Long.BYTES - name.length]);
  }

  /** {@code struct fuse_kstatfs} of a file system that says nothing of its size and is full. */
  void emptyStatistics() {
    for (int i = 0; i < 5; i++) {
      out.putLong(0);
    }
    out.putInt(BLOCK_BYTES).putInt(255).putInt(BLOCK_BYTES).putInt(0).put(new byte[24]);
  }
}
