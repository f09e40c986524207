package org.hikae.notice.service;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections that end, whatever the other side does: after a time that counts from their
 * making, however often something comes meanwhile, and after {@link #MAX_BYTES} from the other
 * side. TLS is laid over them and so is bounded too.
 */
final class BoundedSocketFactory extends SocketFactory {

  /** Most bytes that are read from a connection: many times what a mail server says of one mail. */
  static final int MAX_BYTES = 65_536;

  private final @Nullable InetAddress only;
  private final Duration whole;

  /**
   * A factory.
   *
   * @param only where its connections go, whatever the name that is asked for means by then; null
   *     for where the name leads
   * @param whole how long a connection may take, from its making to its last byte
   */
  BoundedSocketFactory(@Nullable InetAddress only, Duration whole) {
    this.only = only;
    this.whole = whole;
  }

  @Override
  public Socket createSocket() {
    return new BoundedSocket(only, whole);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  private Socket connected(InetSocketAddress to) throws IOException {
    Socket socket = createSocket();
    socket.connect(to, Math.toIntExact(whole.toMillis()));
    return socket;
  }

  private static final class BoundedSocket extends Socket {

    private final @Nullable InetAddress only;
    private final long started = System.nanoTime();
    private final Duration whole;
    private long read;

    BoundedSocket(@Nullable InetAddress only, Duration whole) {
      this.only = only;
      this.whole = whole;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      InetSocketAddress asked = (InetSocketAddress) endpoint;
      super.connect(only == null ? asked : new InetSocketAddress(only, asked.getPort()), timeout);
    }

    /** Milliseconds that are left, at least one. */
    private int left() throws SocketTimeoutException {
      long millis = whole.minusNanos(System.nanoTime() - started).toMillis();
      if (millis <= 0) {
        throw new SocketTimeoutException("Read and written for too long");
      }
      return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {

        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) == 1 ? one[0] & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          int asked = getSoTimeout();
          int left = left();
          if (read >= MAX_BYTES) {
            throw new IOException("The other side says too much.");
          }
          setSoTimeout(asked == 0 ? left : Math.min(asked, left));
          try {
            int count = super.read(bytes, offset, length);
            read += Math.max(count, 0);
            return count;
          } finally {
            if (!isClosed()) {
              setSoTimeout(asked);
            }
          }
        }
      };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          // Who wraps this socket bounds a single write.
          left();
          out.write(bytes, offset, length);
        }
      };
    }
  }
}
