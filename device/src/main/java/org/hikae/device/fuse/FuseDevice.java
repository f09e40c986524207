package org.hikae.device.fuse;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** The descriptor of a mounted file system. When the process ends, the kernel ends it, too. */
final class FuseDevice implements FuseChannel {

  private final int descriptor;

  FuseDevice(int descriptor) {
    this.descriptor = descriptor;
  }

  @Override
  public boolean receive(ByteBuffer into) throws IOException {
    while (true) {
      long got = FuseLibc.read(descriptor, MemorySegment.ofBuffer(into));
      if (got >= 0) {
        into.position(into.position() + Math.toIntExact(got));
        return got > 0;
      }
      switch ((int) -got) {
        case FuseErrorException.EINTR, FuseErrorException.EAGAIN, FuseErrorException.ENOENT -> {
          // Nothing has come, or who asked has gone away meanwhile.
        }
        case FuseErrorException.ENODEV -> {
          return false;
        }
        default -> throw new IOException("read of /dev/fuse: error " + -got);
      }
    }
  }

  @Override
  public void send(ByteBuffer answer) throws IOException {
    while (true) {
      long put = FuseLibc.write(descriptor, MemorySegment.ofBuffer(answer));
      if (put >= 0) {
        return;
      }
      switch ((int) -put) {
        case FuseErrorException.EINTR, FuseErrorException.EAGAIN -> {
          // Once more.
        }
        case FuseErrorException.ENOENT, FuseErrorException.ENODEV -> {
          // Who asked has been killed, or it was unmounted.
          return;
        }
        default -> throw new IOException("write to /dev/fuse: error " + -put);
      }
    }
  }

  void close() {
    FuseLibc.close(descriptor);
  }
}
