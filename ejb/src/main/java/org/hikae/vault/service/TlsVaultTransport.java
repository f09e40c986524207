package org.hikae.vault.service;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.MutualTls;
import org.hikae.vault.wire.VaultFrame;
import org.jspecify.annotations.Nullable;

/** Over mutual TLS to a vault on another host (HK1-V-23). */
final class TlsVaultTransport implements VaultTransport {

  /** Takes a whole request, so that writing one waits for nobody. */
  private static final int SEND_BUFFER_BYTES = 4 * VaultFrame.MAX_BODY_BYTES;

  private final Place place;
  private @Nullable SSLContext context;

  /**
   * Where the vault is and what proves it.
   *
   * @param host its name or address
   * @param port its port
   * @param secrets opens this side's key and the vault's certificate
   */
  record Place(String host, int port, Secrets secrets) {}

  /** Reads the files; those that could not be used are tried again with the next exchange. */
  @FunctionalInterface
  interface Secrets {
    SSLContext open() throws IOException;
  }

  TlsVaultTransport(Place place) {
    this.place = place;
  }

  private synchronized SSLContext context() throws IOException {
    if (context == null) {
      context = place.secrets().open();
    }
    return context;
  }

  @Override
  public VaultFrame ask(VaultFrame request, long deadline) throws IOException, MalformedException {
    SSLContext secrets = context();
    try (Socket plain = new DeadlineSocket(deadline)) {
      InetSocketAddress address = new InetSocketAddress(place.host(), place.port());
      if (address.isUnresolved()) {
        throw new UnknownHostException("There is no host " + place.host() + ".");
      }
      plain.connect(address, VaultTransport.millisUntil(deadline));
      SSLSocket tls =
          (SSLSocket)
              secrets.getSocketFactory().createSocket(plain, place.host(), place.port(), false);
      tls.setEnabledProtocols(new String[] {MutualTls.PROTOCOL});
      tls.getOutputStream().write(request.encode());
      return VaultFrame.read(tls.getInputStream());
    }
  }

  @Override
  public String toString() {
    return place.host() + ":" + place.port();
  }

  /** Each read may wait until the deadline only, however many there are. */
  private static final class DeadlineSocket extends Socket {

    private final long deadline;

    DeadlineSocket(long deadline) throws IOException {
      this.deadline = deadline;
      setTcpNoDelay(true);
      setSendBufferSize(SEND_BUFFER_BYTES);
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          setSoTimeout(VaultTransport.millisUntil(deadline));
          return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          setSoTimeout(VaultTransport.millisUntil(deadline));
          return super.read(bytes, offset, length);
        }
      };
    }
  }
}
