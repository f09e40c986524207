package org.hikae.device.window;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes requests to a window by hand: those of its page, and such as a browser never sends. */
public final class WindowClient {

  private static final int PATIENCE_MILLIS = 60_000;

  private final WindowAddress address;

  public WindowClient(WindowAddress address) {
    this.address = address;
  }

  /** An answer, whose body is text. */
  public record WindowReply(int status, Map<String, String> fields, String body) {}

  /** What the page sends with an operation. */
  public Map<String, String> fields(String token) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Host", address.authority());
    fields.put("Connection", "close");
    fields.put("Origin", address.origin());
    fields.put("Sec-Fetch-Site", "same-origin");
    fields.put("Content-Type", "application/json");
    fields.put("Hikae-Token", token);
    return fields;
  }

  /** Asks as the page does. */
  public WindowReply ask(String token, String language, String operation, String body)
      throws IOException {
    Map<String, String> fields = fields(token);
    fields.put("Hikae-Language", language);
    return send("POST", "/api/" + operation, fields, body);
  }

  /** Fetches a file as a browser does that was led to the page. */
  public WindowReply file(String path) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Host", address.authority());
    fields.put("Connection", "close");
    return send("GET", path, fields, "");
  }

  /** Sends a request with the length of its body, unless another one is stated. */
  public WindowReply send(String method, String target, Map<String, String> fields, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    Map<String, String> all = new LinkedHashMap<>(fields);
    if (method.equals("POST") && !all.containsKey("Transfer-Encoding")) {
      all.putIfAbsent("Content-Length", String.valueOf(bytes.length));
    }
    all.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes((head + "\r\n").getBytes(StandardCharsets.UTF_8));
    whole.writeBytes(bytes);
    return raw(whole.toByteArray());
  }

  /** Sends bytes and reads to the end of the connection. */
  public WindowReply raw(byte[] request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request);
      return read(socket.getInputStream());
    }
  }

  /** A connection on which nothing was sent. */
  public Socket connect() throws IOException {
    return connect(InetAddress.ofLiteral("127.0.0.1"));
  }

  Socket connect(InetAddress at) throws IOException {
    Socket socket = new Socket(at, address.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static WindowReply read(InputStream in) throws IOException {
    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("no answer: " + text);
    }
    String[] lines = text.substring(0, end).split("\r\n", -1);
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      fields.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT), lines[i].substring(colon + 2));
    }
    return new WindowReply(
        Integer.parseInt(lines[0].split(" ", -1)[1]), fields, text.substring(end + 4));
  }
}
