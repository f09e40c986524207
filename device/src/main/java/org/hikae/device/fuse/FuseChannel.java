package org.hikae.device.fuse;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The way to the kernel: requests come and answers go, each whole. Buffers are direct. Used by
 * several threads at once.
 */
public interface FuseChannel {

  /**
   * Waits for the next request.
   *
   * @param into gets it from its start; its position is behind it then
   * @return false when the file system is mounted nowhere any more
   */
  boolean receive(ByteBuffer into) throws IOException;

  /** Sends what lies between position and limit; one that nobody waits for any more is dropped. */
  void send(ByteBuffer answer) throws IOException;
}
