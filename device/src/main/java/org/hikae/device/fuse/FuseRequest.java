package org.hikae.device.fuse;

import java.nio.ByteBuffer;

/**
 * A request of the kernel: {@code struct fuse_in_header} and what follows it.
 *
 * @param opcode what is wanted
 * @param unique number that the answer has to bear
 * @param node entry that it is about
 * @param body from its position to its limit; native order
 */
record FuseRequest(int opcode, long unique, long node, ByteBuffer body) {

  static final int HEADER_BYTES = 40;

  static final int LOOKUP = 1;
  static final int FORGET = 2;
  static final int GETATTR = 3;
  static final int READLINK = 5;
  static final int OPEN = 14;
  static final int READ = 15;
  static final int STATFS = 17;
  static final int GETXATTR = 22;
  static final int LISTXATTR = 23;
  static final int INIT = 26;
  static final int OPENDIR = 27;
  static final int READDIR = 28;
  static final int RELEASEDIR = 29;
  static final int INTERRUPT = 36;
  static final int BATCH_FORGET = 42;
  static final int READDIRPLUS = 44;
  static final int LSEEK = 46;

  /** Reads one that lies between position and limit. */
  static FuseRequest read(ByteBuffer in) {
    int from = in.position();
    ByteBuffer body = in.duplicate().order(in.order()).position(from + HEADER_BYTES);
    return new FuseRequest(in.getInt(from + 4), in.getLong(from + 8), in.getLong(from + 16), body);
  }

  /** A name of the body, which ends with a zero. */
  byte[] name() throws FuseErrorException {
    int end = body.position();
    while (end < body.limit() && body.get(end) != 0) {
      end++;
    }
    if (end == body.limit()) {
      throw new FuseErrorException(FuseErrorException.EINVAL);
    }
    byte[] name = new byte[end - body.position()];
    body.get(name);
    return name;
  }
}
