package org.hikae.vault.process;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.VaultFrame;

/** One connection to a vault's socket, for the operator's {@code status}. */
public final class VaultSocketClient implements AutoCloseable {

  private final SocketChannel channel;

  /** Connects. */
  public VaultSocketClient(Path socket) throws IOException {
    this.channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
  }

  /** Sends one frame and reads its answer. */
  public byte[] ask(VaultFrame.Kind kind, byte[] body) throws IOException, MalformedException {
    ByteBuffer out = ByteBuffer.wrap(new VaultFrame(kind, body).encode());
    while (out.hasRemaining()) {
      channel.write(out);
    }
    VaultFrame answer = VaultFrame.read(Channels.newInputStream(channel));
    if (answer.kind() != kind) {
      throw new MalformedException("The vault answered with a frame of another kind.");
    }
    return answer.body();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
