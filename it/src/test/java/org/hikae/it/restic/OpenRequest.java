package org.hikae.it.restic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.hikae.it.caller.Api;
import org.hikae.it.stack.Stack;

/** A request whose body is sent by hand, as slowly as a test likes, or never. */
final class OpenRequest implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 120_000;

  private final Socket socket;

  private OpenRequest(Socket socket) {
    this.socket = socket;
  }

  /** Sends the head of a request that states a length. */
  static OpenRequest post(Stack stack, Api api, String path, String length) throws IOException {
    Socket socket =
        stack
            .httpClient()
            .sslContext()
            .getSocketFactory()
            .createSocket("localhost", stack.portalUrl().getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    String head =
        "POST /api"
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n"
            + "Content-Length: "
            + length
            + "\r\n"
            + api.headerLines()
            + "\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return new OpenRequest(socket);
  }

  /** Sends one byte of the body; false when nobody takes it any more. */
  boolean drip() {
    try {
      socket.getOutputStream().write('x');
      socket.getOutputStream().flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** All that is answered until the portal ends the connection. */
  String answer() {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (InputStream in = socket.getInputStream()) {
      in.transferTo(answer);
    } catch (IOException e) {
      // It may end it rudely, when there is something that it has not read.
    }
    return answer.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
