package org.hikae.device.cli.daemon;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import org.hikae.device.daemon.DaemonFrame;

/** What a command says, as frames to its client. */
final class FrameOutputStream extends OutputStream {

  private final FrameWriter client;
  private final DaemonFrame.Kind kind;

  FrameOutputStream(FrameWriter client, DaemonFrame.Kind kind) {
    this.client = client;
    this.kind = kind;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, bytes.length);
    int end = from + length;
    for (int at = from; at < end; at += DaemonFrame.MAX_TEXT_BYTES) {
      int to = Math.min(end, at + DaemonFrame.MAX_TEXT_BYTES);
      client.send(new DaemonFrame(kind, Arrays.copyOfRange(bytes, at, to)));
    }
  }
}
