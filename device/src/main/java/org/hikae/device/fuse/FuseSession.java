package org.hikae.device.fuse;

import java.io.IOException;

/** A file system that was mounted. Closing it lets go of it, which ends it when it is in use. */
public final class FuseSession implements AutoCloseable {

  private final FuseDevice device;
  private final int socket;
  private final int process;

  FuseSession(FuseDevice device, int socket, int process) {
    this.device = device;
    this.socket = socket;
    this.process = process;
  }

  /** The way to the kernel. */
  public FuseChannel channel() {
    return device;
  }

  @Override
  public void close() throws IOException {
    device.close();
    // The program waits for the end of this, and takes away what is still mounted.
    FuseLibc.close(socket);
    var _ = FuseLibc.waitFor(process);
  }
}
