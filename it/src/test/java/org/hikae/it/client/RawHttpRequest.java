package org.hikae.it.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocketFactory;
import org.hikae.it.stack.Stack;

/** A request that is written by hand, as wrongly or as slowly as a test likes, or never. */
public final class RawHttpRequest implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 120_000;
  private static final int CONNECT_MILLIS = 30_000;

  /** Room for so much of an answer that nobody reads; the system takes more if it has to. */
  private static final int UNREAD_BYTES = 4096;

  private final Socket socket;

  private RawHttpRequest(Socket socket) {
    this.socket = socket;
  }

  /** Sends the head of a request that states a length. */
  public static RawHttpRequest post(Stack stack, ApiClient api, String path, String length)
      throws IOException {
    return begin(stack, InetAddress.ofLiteral("127.0.0.1"), head(api, path, length));
  }

  /** The head of a request to the API that states a length. */
  public static String head(ApiClient api, String path, String length) {
    return lines(
        "POST /api" + path + " HTTP/1.1",
        "Host: localhost",
        "Content-Type: application/octet-stream",
        "Content-Length: " + length,
        api.headerLines().strip());
  }

  /** Lines of a head, and the empty one behind them. */
  public static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  /**
   * Sends bytes over TLS.
   *
   * @param from this machine's address that the portal sees: any of 127.0.0.0/8
   * @param text what is sent, a byte for each character
   */
  public static RawHttpRequest begin(Stack stack, InetAddress from, String text)
      throws IOException {
    return begin(stack, stack.portalUrl(), from, "", text);
  }

  /**
   * The same to another portal of the system, with what is sent before TLS begins, such as a load
   * balancer's line about whose connection it is.
   */
  public static RawHttpRequest begin(
      Stack stack, URI portal, InetAddress from, String preface, String text) throws IOException {
    Socket plain = connected(portal, from, new Socket());
    plain.getOutputStream().write(preface.getBytes(StandardCharsets.US_ASCII));
    return begin(stack, plain, text);
  }

  /** Sends a whole request whose answer nobody will read. */
  public static RawHttpRequest unread(Stack stack, InetAddress from, String text)
      throws IOException {
    Socket plain = new Socket();
    plain.setReceiveBufferSize(UNREAD_BYTES);
    return begin(stack, connected(stack.portalUrl(), from, plain), text);
  }

  private static RawHttpRequest begin(Stack stack, Socket plain, String text) throws IOException {
    SSLSocketFactory factory = stack.httpClient().sslContext().getSocketFactory();
    Socket socket = factory.createSocket(plain, "localhost", plain.getPort(), true);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return new RawHttpRequest(socket);
  }

  /** Connects to a portal and says nothing at all, not even that it wants TLS. */
  public static RawHttpRequest silent(URI portal, InetAddress from) throws IOException {
    return new RawHttpRequest(connected(portal, from, new Socket()));
  }

  private static Socket connected(URI portal, InetAddress from, Socket plain) throws IOException {
    plain.bind(new InetSocketAddress(from, 0));
    plain.setSoTimeout(PATIENCE_MILLIS);
    plain.connect(
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), portal.getPort()),
        CONNECT_MILLIS);
    return plain;
  }

  /** Sends one byte more; false when nobody takes it any more. */
  public boolean drip() {
    try {
      socket.getOutputStream().write('x');
      socket.getOutputStream().flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether an answer has begun, or the portal has ended the connection. */
  public boolean isAnswered() throws IOException {
    socket.setSoTimeout(1);
    try {
      var _ = socket.getInputStream().read();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  /** All that is answered until the portal ends the connection. */
  public String answer() {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (InputStream in = socket.getInputStream()) {
      in.transferTo(answer);
    } catch (IOException e) {
      // It may end it rudely, when there is something that it has not read.
    }
    return answer.toString(StandardCharsets.UTF_8);
  }

  /** The first line of the answer, without waiting for more. */
  public String statusLine() throws IOException {
    StringBuilder line = new StringBuilder();
    InputStream in = socket.getInputStream();
    for (int next = in.read(); next >= 0 && next != '\r'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  /** Waits no longer than this for an answer. */
  public RawHttpRequest readTimeout(int millis) throws IOException {
    socket.setSoTimeout(millis);
    return this;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
