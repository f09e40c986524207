package org.hikae.device.window;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/** One connection of a browser, or of whoever else connects. HttpCore reads and writes HTTP. */
final class WindowConnection {

  private static final Http1Config LIMITS =
      Http1Config.custom()
          .setMaxLineLength(WindowLimits.LINE_BYTES)
          .setMaxHeaderCount(WindowLimits.HEADERS)
          .build();

  private static final int MALFORMED = 400;
  private static final int WRONG_METHOD = 405;

  /**
   * With every answer: nothing is kept, framed, sniffed or loaded from anywhere else, and nothing
   * of the computer beyond the page is asked for.
   */
  private static final Map<String, String> FIELDS =
      Map.of(
          "Cache-Control", "no-store",
          "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src"
                  + " 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                  + " require-trusted-types-for 'script'; trusted-types 'none'",
          "Cross-Origin-Embedder-Policy", "require-corp",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Permissions-Policy",
              "camera=(), clipboard-read=(), clipboard-write=(), display-capture=(),"
                  + " geolocation=(), microphone=(), payment=(), serial=(), usb=()",
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY");

  private final Socket socket;
  private final Exchange exchange;
  private final DefaultBHttpServerConnection http =
      new DefaultBHttpServerConnection("http", LIMITS);
  private volatile boolean waiting = true;

  WindowConnection(Socket socket, Exchange exchange) {
    this.socket = socket;
    this.exchange = exchange;
  }

  /** What answers. */
  interface Exchange {

    /** The status by which a request is refused before its body is read; 0 for none. */
    int refusal(WindowRequestHead head);

    /** Answers. */
    WindowAnswer answer(WindowRequestHead head, byte[] body);

    /** The answer has gone, and the connection waits for another request. */
    void rests();
  }

  /** Whether it waits for a request, or for the rest of one. */
  boolean isWaiting() {
    return waiting;
  }

  /** Answers requests until either side has had enough. */
  void serve(int readMillis) {
    try (socket) {
      socket.setSoTimeout(readMillis);
      socket.setTcpNoDelay(true);
      http.bind(socket);
      while (answered()) {
        waiting = true;
        exchange.rests();
      }
    } catch (IOException e) {
      // The other side is gone, or was too slow. It gets nothing.
    }
  }

  private boolean answered() throws IOException {
    try {
      ClassicHttpRequest request = http.receiveRequestHeader();
      if (request == null) {
        return false;
      }
      WindowRequestHead head = head(request);
      int refusal = exchange.refusal(head);
      if (refusal != 0) {
        send(request, WindowAnswer.empty(refusal), true);
        return false;
      }
      http.receiveRequestEntity(request);
      byte[] body = body(request);
      waiting = false;
      try {
        return send(request, exchange.answer(head, body), false);
      } finally {
        // It may have been a password.
        Arrays.fill(body, (byte) 0);
      }
    } catch (HttpException e) {
      return refused();
    }
  }

  private boolean refused() throws IOException {
    try {
      return send(null, WindowAnswer.empty(MALFORMED), true);
    } catch (HttpException e) {
      return false;
    }
  }

  private static WindowRequestHead head(ClassicHttpRequest request) {
    Map<String, List<String>> fields = new HashMap<>();
    for (Header header : request.getHeaders()) {
      fields
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(header.getValue());
    }
    return new WindowRequestHead(request.getMethod(), request.getPath(), fields);
  }

  /** The body; its length was checked, and HttpCore gives no more than that. */
  private static byte[] body(ClassicHttpRequest request) throws IOException {
    HttpEntity entity = request.getEntity();
    if (entity == null) {
      return new byte[0];
    }
    byte[] body = new byte[(int) Math.max(0, entity.getContentLength())];
    boolean whole = false;
    try (InputStream in = entity.getContent()) {
      // Into this array and no other, so that there is one copy to overwrite.
      whole = in.readNBytes(body, 0, body.length) == body.length;
    } finally {
      if (!whole) {
        Arrays.fill(body, (byte) 0);
      }
    }
    if (!whole) {
      throw new EOFException("the body breaks off");
    }
    return body;
  }

  /** Whether another request may follow. */
  private boolean send(@Nullable ClassicHttpRequest request, WindowAnswer answer, boolean last)
      throws HttpException, IOException {
    BasicClassicHttpResponse response = new BasicClassicHttpResponse(answer.status());
    FIELDS.forEach(response::setHeader);
    response.setHeader("Content-Type", answer.type());
    response.setHeader("Content-Length", answer.bytes().length);
    if (answer.status() == WRONG_METHOD && request != null) {
      response.setHeader("Allow", head(request).allowed());
    }
    if (last) {
      response.setHeader("Connection", "close");
    }
    response.setEntity(new ByteArrayEntity(answer.bytes(), ContentType.APPLICATION_OCTET_STREAM));
    try {
      http.sendResponseHeader(response);
      http.sendResponseEntity(response);
      http.flush();
    } finally {
      // Also where the browser is gone.
      answer.sent();
    }
    return request != null
        && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(
            request, response, HttpCoreContext.create());
  }

  /** Ends it at once. */
  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is not used any more either way.
    }
  }
}
