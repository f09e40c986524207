package org.hikae.persistence.testing;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file system with two files, by the kernel's FUSE protocol on standard input and output. {@code
 * disk} is a disk for a loop device: each write and each flush is passed on and noted, in the order
 * in which they come. What is written to {@code marks} is noted between them.
 */
public final class RecordingDiskMain {

  private static final int HEADER_IN = 40;
  private static final int HEADER_OUT = 16;
  private static final int WRITE_IN = 40;
  private static final int MOST_BYTES = 128 * 1024;
  private static final int RESERVE = 8192;

  private static final int LOOKUP = 1;
  private static final int FORGET = 2;
  private static final int GETATTR = 3;
  private static final int SETATTR = 4;
  private static final int OPEN = 14;
  private static final int READ = 15;
  private static final int WRITE = 16;
  private static final int STATFS = 17;
  private static final int RELEASE = 18;
  private static final int FSYNC = 20;
  private static final int FLUSH = 25;
  private static final int INIT = 26;
  private static final int OPENDIR = 27;
  private static final int RELEASEDIR = 29;
  private static final int INTERRUPT = 36;
  private static final int DESTROY = 38;
  private static final int BATCH_FORGET = 42;

  private static final int ENOENT = -2;
  private static final int EIO = -5;
  private static final int ENOSYS = -38;

  /** Nodes of the file system. */
  private static final long ROOT = 1;

  private static final long DISK = 2;
  private static final long MARKS = 3;

  private static final int DIRECT_IO = 1;
  private static final int KEEP_CACHE = 2;
  private static final int ASYNC_READ_AND_BIG_WRITES = 1 | 1 << 5;
  private static final int FOREVER_SECONDS = 100_000;

  private final FileChannel kernelIn = new FileInputStream(FileDescriptor.in).getChannel();
  private final FileChannel kernelOut = new FileOutputStream(FileDescriptor.out).getChannel();
  private final ByteBuffer request = buffer(MOST_BYTES + RESERVE);
  private final ByteBuffer reply = buffer(MOST_BYTES + RESERVE);
  private final FileChannel disk;
  private final DiskLog.LogWriter log;
  private final long size;

  private RecordingDiskMain(FileChannel disk, DiskLog.LogWriter log) throws IOException {
    this.disk = disk;
    this.log = log;
    this.size = disk.size();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** Serves until it is unmounted: a file with the disk's first content, and one for the log. */
  public static void main(String[] arguments) throws IOException {
    try (FileChannel disk =
            FileChannel.open(
                Path.of(arguments[0]), StandardOpenOption.READ, StandardOpenOption.WRITE);
        DiskLog.LogWriter log = new DiskLog.LogWriter(Path.of(arguments[1]))) {
      new RecordingDiskMain(disk, log).serve();
    }
  }

  private void serve() throws IOException {
    boolean mounted = true;
    while (mounted) {
      request.clear();
      try {
        if (kernelIn.read(request) < HEADER_IN) {
          return;
        }
      } catch (IOException e) {
        // ENODEV: it was unmounted.
        return;
      }
      request.flip();
      mounted = answer(request.getInt(4), request.getLong(8), request.getLong(16));
    }
  }

  private boolean answer(int operation, long unique, long node) throws IOException {
    reply.clear().position(HEADER_OUT);
    switch (operation) {
      case INIT -> init(unique);
      case LOOKUP -> lookup(unique);
      case GETATTR, SETATTR -> {
        reply.putLong(FOREVER_SECONDS).putLong(0);
        attributes(node);
        send(unique, 0);
      }
      case OPEN -> {
        reply.putLong(node).putInt(node == DISK ? KEEP_CACHE : DIRECT_IO).putInt(0);
        send(unique, 0);
      }
      case OPENDIR -> {
        reply.putLong(node).putLong(0);
        send(unique, 0);
      }
      case READ -> read(unique, node);
      case WRITE -> write(unique, node);
      case FSYNC -> {
        if (node == DISK) {
          log.flush();
        }
        send(unique, 0);
      }
      case STATFS -> {
        reply.put(new byte[80]);
        send(unique, 0);
      }
      case FLUSH, RELEASE, RELEASEDIR -> send(unique, 0);
      case FORGET, BATCH_FORGET, INTERRUPT -> {}
      case DESTROY -> {
        send(unique, 0);
        return false;
      }
      default -> send(unique, ENOSYS);
    }
    return true;
  }

  /** Speaks version 7.31. */
  private void init(long unique) throws IOException {
    int readAhead = request.getInt(HEADER_IN + 8);
    reply.putInt(7).putInt(31).putInt(readAhead).putInt(ASYNC_READ_AND_BIG_WRITES);
    reply.putShort((short) 16).putShort((short) 12).putInt(MOST_BYTES).putInt(1);
    reply.put(new byte[36]);
    send(unique, 0);
  }

  private void lookup(long unique) throws IOException {
    byte[] name = new byte[request.limit() - HEADER_IN - 1];
    request.get(HEADER_IN, name);
    long node =
        switch (new String(name, StandardCharsets.US_ASCII)) {
          case "disk" -> DISK;
          case "marks" -> MARKS;
          default -> 0;
        };
    if (node == 0) {
      send(unique, ENOENT);
      return;
    }
    reply.putLong(node).putLong(0).putLong(FOREVER_SECONDS).putLong(FOREVER_SECONDS).putLong(0);
    attributes(node);
    send(unique, 0);
  }

  private void attributes(long node) {
    long bytes = node == DISK ? size : 0;
    reply.putLong(node).putLong(bytes).putLong(bytes / 512);
    reply.putLong(0).putLong(0).putLong(0).putInt(0).putInt(0).putInt(0);
    reply.putInt(node == ROOT ? 0040755 : 0100600).putInt(node == ROOT ? 2 : 1);
    reply.putInt(0).putInt(0).putInt(0).putInt(4096).putInt(0);
  }

  private void read(long unique, long node) throws IOException {
    long offset = request.getLong(HEADER_IN + 8);
    int length = request.getInt(HEADER_IN + 16);
    if (node == DISK) {
      reply.limit(HEADER_OUT + length);
      long at = offset;
      while (reply.hasRemaining()) {
        int count = disk.read(reply, at);
        if (count < 0) {
          break;
        }
        at += count;
      }
    }
    send(unique, 0);
  }

  private void write(long unique, long node) throws IOException {
    long offset = request.getLong(HEADER_IN + 8);
    int length = request.getInt(HEADER_IN + 16);
    ByteBuffer bytes = request.slice(HEADER_IN + WRITE_IN, length);
    try {
      if (node == DISK) {
        log.write(offset, bytes.duplicate());
        for (long at = offset; bytes.hasRemaining(); ) {
          at += disk.write(bytes, at);
        }
      } else {
        log.mark(bytes);
      }
    } catch (IOException e) {
      send(unique, EIO);
      return;
    }
    reply.putInt(length).putInt(0);
    send(unique, 0);
  }

  private void send(long unique, int error) throws IOException {
    reply.flip();
    if (error != 0) {
      reply.limit(HEADER_OUT);
    }
    reply.putInt(0, reply.limit()).putInt(4, error).putLong(8, unique);
    kernelOut.write(reply);
  }
}
