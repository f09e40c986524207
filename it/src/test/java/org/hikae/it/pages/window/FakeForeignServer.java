package org.hikae.it.pages.window;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Another site on this computer. It lets every page do with it what the window lets none do, so
 * that what is tried against the window is seen to work here.
 */
final class FakeForeignServer implements AutoCloseable {

  /** RFC 6455, section 1.3. */
  private static final String WEB_SOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final int MOST_BYTES = 1 << 16;

  private final ServerSocket listening;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile @Nullable InetSocketAddress behind;

  private FakeForeignServer(ServerSocket listening) {
    this.listening = listening;
  }

  /**
   * Starts one.
   *
   * @param port 0 for one that the system chooses
   */
  static FakeForeignServer start(String address, int port) throws IOException {
    FakeForeignServer server =
        new FakeForeignServer(new ServerSocket(port, 50, InetAddress.ofLiteral(address)));
    Thread.ofVirtual().start(server::accept);
    return server;
  }

  int port() {
    return listening.getLocalPort();
  }

  /** What was asked: method, target and body. */
  List<String> requests() {
    return requests;
  }

  /** From now on a connection ends there: to a browser the name of this site has moved. */
  void movesTo(InetSocketAddress other) {
    behind = other;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        InetSocketAddress other = behind;
        Thread.ofVirtual().start(() -> serve(socket, other));
      } catch (IOException e) {
        // It is closed, or somebody left before they were let in.
      }
    }
  }

  private void serve(Socket socket, @Nullable InetSocketAddress other) {
    try (socket) {
      if (other == null) {
        answer(socket.getInputStream(), socket.getOutputStream());
      } else {
        try (Socket onwards = new Socket(other.getAddress(), other.getPort())) {
          Thread.ofVirtual().start(() -> copy(socket, onwards));
          copy(onwards, socket);
        }
      }
    } catch (IOException e) {
      // The browser has gone.
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // Either side has gone.
    }
  }

  private void answer(InputStream in, OutputStream out) throws IOException {
    String head = head(in);
    String length = field(head, "Content-Length");
    byte[] body =
        in.readNBytes(length.isEmpty() ? 0 : Math.min(MOST_BYTES, Integer.parseInt(length)));
    String first = head.substring(0, head.indexOf("\r\n"));
    String target = first.split(" ", -1)[1];
    requests.add(
        first.substring(0, first.lastIndexOf(' '))
            + " "
            + new String(body, StandardCharsets.UTF_8).strip());
    String key = field(head, "Sec-WebSocket-Key");
    if (!key.isEmpty()) {
      out.write(
          ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  + "Sec-WebSocket-Accept: "
                  + accept(key)
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      in.read();
      return;
    }
    // In a frame or a tab, which a form can also ask for.
    boolean whole = field(head, "Accept").startsWith("text/html");
    String asked = whole ? "/" : target;
    byte[] content = content(asked).getBytes(StandardCharsets.UTF_8);
    String origin = field(head, "Origin");
    out.write(
        ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: "
                + type(asked)
                + "\r\nContent-Length: "
                + content.length
                + "\r\nAccess-Control-Allow-Credentials: true\r\nAccess-Control-Allow-Headers:"
                + " content-type, hikae-token, hikae-language\r\nAccess-Control-Allow-Origin: "
                + (origin.isEmpty() ? "*" : origin)
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.write(content);
    out.flush();
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0 || head.size() > MOST_BYTES) {
        throw new IOException("no request");
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.US_ASCII);
  }

  private static String content(String target) {
    if (target.endsWith(".js")) {
      return "globalThis.ran = true;";
    }
    if (target.endsWith(".css")) {
      return "body { color: red; }";
    }
    if (target.endsWith(".svg")) {
      return "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>";
    }
    if (target.startsWith("/api/")) {
      return "\"done\"";
    }
    return "<!doctype html><meta charset=utf-8><title>Another site</title>"
        + "<script>(opener ?? parent).postMessage('shown', '*');</script>";
  }

  private static String type(String target) {
    String end = target.substring(target.lastIndexOf('.') + 1);
    return switch (end) {
      case "js" -> "text/javascript";
      case "css" -> "text/css";
      case "svg" -> "image/svg+xml";
      default -> target.startsWith("/api/") ? "application/json" : "text/html";
    };
  }

  /** What a field of a request says; empty when there is none. */
  private static String field(String head, String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst()
        .orElse("");
  }

  private static String accept(String key) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      byte[] hash = digest.digest((key + WEB_SOCKET).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
