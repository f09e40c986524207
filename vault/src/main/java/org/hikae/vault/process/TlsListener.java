package org.hikae.vault.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.hikae.vault.wire.MutualTls;

/** Listens for a portal on another host (spec HK1-V-23). */
final class TlsListener implements VaultListener {

  private final ServerSocket listener;
  private final SSLContext context;

  private TlsListener(ServerSocket listener, SSLContext context) {
    this.listener = listener;
    this.context = context;
  }

  /** Binds an address. */
  static TlsListener open(InetSocketAddress address, SSLContext context, int backlog)
      throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.bind(address, backlog);
    } catch (IOException e) {
      listener.close();
      throw new IOException("tls-listen cannot be bound: " + e.getMessage(), e);
    }
    return new TlsListener(listener, context);
  }

  /** The port that was bound. */
  int port() {
    return listener.getLocalPort();
  }

  @Override
  public Peer accept() throws IOException {
    Socket plain;
    try {
      plain = listener.accept();
    } catch (SocketException e) {
      if (listener.isClosed()) {
        throw new ClosedChannelException();
      }
      throw e;
    }
    boolean admitted = false;
    try {
      plain.setTcpNoDelay(true);
      Peer peer = new RemotePeer(plain, secured(plain));
      admitted = true;
      return peer;
    } finally {
      if (!admitted) {
        plain.close();
      }
    }
  }

  private SSLSocket secured(Socket plain) throws IOException {
    SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, null, false);
    tls.setEnabledProtocols(new String[] {MutualTls.PROTOCOL});
    tls.setNeedClientAuth(true);
    return tls;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  /** Closing TLS itself would wait behind a write that is stuck, so the connection is cut. */
  private record RemotePeer(Socket plain, SSLSocket tls) implements Peer {

    @Override
    public void greet() throws IOException {
      tls.startHandshake();
    }

    @Override
    public boolean isLocal() {
      return false;
    }

    @Override
    public InputStream in() throws IOException {
      return tls.getInputStream();
    }

    @Override
    public OutputStream out() throws IOException {
      return tls.getOutputStream();
    }

    @Override
    public void close() throws IOException {
      plain.close();
    }
  }
}
