package org.hikae.device.http;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.hikae.device.AgentVersion;
import org.jspecify.annotations.Nullable;

/**
 * One connection, for one exchange at a time. TLS checks that the certificate names the host. May
 * be closed by another thread; an exchange on it then ends with an exception.
 */
final class HttpConnection implements AutoCloseable {

  private static final int OK = 200;
  private static final int CONNECT_MILLIS = 15_000;
  private static final String USER_AGENT = "hikae/" + AgentVersion.CURRENT;

  private static final Http1Config LIMITS =
      Http1Config.custom()
          .setBufferSize(16 * 1024)
          .setMaxLineLength(16 * 1024)
          .setMaxHeaderCount(100)
          .build();

  private final BandwidthLimits bandwidth;
  private final HttpRequestExecutor executor = new HttpRequestExecutor();
  private final HttpCoreContext context = HttpCoreContext.create();
  private final DefaultBHttpClientConnection http = new DefaultBHttpClientConnection(LIMITS);
  private volatile Socket socket = new BufferedSocket();
  private volatile boolean closed;
  private final AtomicLong received = new AtomicLong();
  private boolean reusable;

  /**
   * TLS reads the head and the body of each record on its own; of a socket that is read ahead
   * several records come at once.
   */
  private static final class BufferedSocket extends Socket {

    private static final int BUFFER_BYTES = 64 * 1024;

    private @Nullable InputStream in;

    @Override
    public synchronized InputStream getInputStream() throws IOException {
      InputStream ahead =
          in == null ? new BufferedInputStream(super.getInputStream(), BUFFER_BYTES) : in;
      in = ahead;
      return ahead;
    }
  }

  /** Not connected yet; bodies go no faster than {@code bandwidth}. */
  HttpConnection(BandwidthLimits bandwidth) {
    this.bandwidth = bandwidth;
  }

  /**
   * Connects to the first of the host's addresses that answers. Java would make keys of two groups
   * for each handshake, and sets up a table for P-256 before its first one, which is a tenth of a
   * short command. So X25519 of TLS 1.3 is offered first, and all that Java offers only to a server
   * that does not take it (ADR 65).
   */
  void open(URI uri, SSLContext tls) throws IOException {
    connect(uri.getHost(), port(uri));
    if (!secure(uri)) {
      http.bind(socket);
      return;
    }
    SSLSocket secured;
    try {
      secured = secured(uri, tls, true);
    } catch (SSLException | SocketException e) {
      if (closed || !mayBeTheOffer(e)) {
        throw e;
      }
      socket.close();
      connect(uri.getHost(), port(uri));
      secured = secured(uri, tls, false);
    }
    http.bind(secured, socket);
  }

  private SSLSocket secured(URI uri, SSLContext tls, boolean quick) throws IOException {
    SSLSocket secured =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, uri.getHost(), port(uri), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (quick) {
      parameters.setProtocols(new String[] {"TLSv1.3"});
      parameters.setNamedGroups(new String[] {"x25519"});
    }
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  /** Whether a handshake ended by the server, and not because of who it is. */
  private static boolean mayBeTheOffer(IOException failure) {
    return failure.getCause() == null || failure.getCause() instanceof EOFException;
  }

  private void connect(String host, int port) throws IOException {
    IOException first = null;
    for (InetAddress address : InetAddress.getAllByName(host)) {
      try {
        socket = new BufferedSocket();
        if (closed) {
          throw new SocketException("closed while connecting");
        }
        socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
        socket.setTcpNoDelay(true);
        return;
      } catch (IOException e) {
        socket.close();
        first = first == null ? e : first;
      }
    }
    throw first == null ? new UnknownHostException(host) : first;
  }

  private static boolean secure(URI uri) {
    return !"http".equalsIgnoreCase(uri.getScheme());
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : secure(uri) ? 443 : 80;
  }

  /** Another exchange begins, of which nothing was received yet. */
  void begins() {
    received.set(0);
  }

  /** How much of the body of the answer has come; asked by another thread. */
  long received() {
    return received.get();
  }

  /** Sends and reads the whole answer. */
  HttpReply exchange(HttpCall call) throws IOException {
    BasicClassicHttpRequest request = request(call);
    reusable = false;
    try (ClassicHttpResponse response = executor.execute(request, http, context)) {
      HttpReply httpReply =
          new HttpReply(response.getCode(), headers(response), body(response, call));
      reusable = executor.keepAlive(request, response, http, context);
      return httpReply;
    } catch (HttpException e) {
      throw new IOException("the answer is not HTTP", e);
    }
  }

  /** Whether another exchange may follow. */
  boolean reusable() {
    return reusable && !closed;
  }

  private BasicClassicHttpRequest request(HttpCall call) {
    URI uri = call.uri();
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery();
    BasicClassicHttpRequest request =
        new BasicClassicHttpRequest(call.method(), query == null ? path : path + "?" + query);
    request.setHeader("Host", uri.getRawAuthority());
    request.setHeader("User-Agent", USER_AGENT);
    call.headers().forEach(request::setHeader);
    RequestBody body = call.body();
    if (body != null) {
      request.setHeader("Content-Length", body.length());
      request.setEntity(RateLimitedBody.sent(body, bandwidth.upload()));
    } else if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
      request.setHeader("Content-Length", 0);
    }
    return request;
  }

  private static Map<String, String> headers(ClassicHttpResponse response) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
    }
    return headers;
  }

  private InputStream counted(InputStream content) {
    return new FilterInputStream(RateLimitedBody.received(content, bandwidth.download())) {
      @Override
      public int read() throws IOException {
        int read = super.read();
        received.addAndGet(read < 0 ? 0 : 1);
        return read;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        received.addAndGet(Math.max(0, read));
        return read;
      }
    };
  }

  private byte[] body(ClassicHttpResponse response, HttpCall call) throws IOException {
    int most = call.maxAnswerBytes();
    @Nullable HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new byte[0];
    }
    long length = entity.getContentLength();
    if (length > most) {
      throw tooLong(most);
    }
    try (InputStream in = counted(entity.getContent())) {
      if (length < 0) {
        byte[] read = in.readNBytes(most);
        if (in.read() >= 0) {
          throw tooLong(most);
        }
        return read;
      }
      IntFunction<byte[]> buffers = call.buffers();
      byte[] read =
          buffers == null || response.getCode() != OK
              ? new byte[(int) length]
              : buffers.apply(Math.toIntExact(length));
      if (in.readNBytes(read, 0, (int) length) < length) {
        throw new EOFException("the answer was cut");
      }
      return read;
    }
  }

  private static IOException tooLong(int most) {
    return new IOException("the answer has more than " + most + " bytes");
  }

  /** Ends it at once, also in the middle of an exchange. */
  @Override
  public void close() {
    closed = true;
    try {
      // The plain socket: closing TLS in order would wait for whoever is writing.
      socket.close();
    } catch (IOException e) {
      // It is not used any more either way.
    }
  }
}
