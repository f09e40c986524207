package org.hikae.device.cli.daemon;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import org.hikae.device.daemon.DaemonFrame;

/** Sends frames over one connection, whole ones for several threads. */
final class FrameWriter {

  private final OutputStream out;

  FrameWriter(SocketChannel connection) {
    this.out = Channels.newOutputStream(connection);
  }

  /** Where the greeting goes, before any frame. */
  OutputStream out() {
    return out;
  }

  synchronized void send(DaemonFrame frame) throws IOException {
    frame.write(out);
  }
}
