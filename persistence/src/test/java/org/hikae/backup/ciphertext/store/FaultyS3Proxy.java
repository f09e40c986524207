package org.hikae.backup.ciphertext.store;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a client and its S3 server. Each of the faults it is given happens to one
 * connection, in their order; the connections after them go through. Connections end with their
 * first answer, so that each request has one.
 */
final class FaultyS3Proxy implements Closeable {

  /** What happens to a connection. */
  sealed interface Fault {

    /** It is answered so, without the server. */
    record Answer(int status, String code) implements Fault {}

    /** Of what the server sends, so many bytes come through. */
    record Cut(int bytes) implements Fault {}

    /** Nothing is answered until the client goes. */
    record Silence() implements Fault {}

    /** The answer has this header besides. */
    record Header(String line) implements Fault {}
  }

  private final ServerSocket listener;
  private final URI server;
  private final ConcurrentLinkedQueue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final List<Socket> silent = new CopyOnWriteArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();

  FaultyS3Proxy(URI server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** The same happens to so many connections. */
  void plan(int times, Fault fault) {
    for (int time = 0; time < times; time++) {
      faults.add(fault);
    }
  }

  /** Forgets what was planned and what was asked. */
  void reset() {
    faults.clear();
    heads.clear();
  }

  /** Cuts off who was not answered. */
  void endSilence() throws IOException {
    for (Socket each : silent) {
      each.close();
    }
  }

  /** The first lines and headers of all requests. */
  List<String> heads() {
    return heads;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      if (head.isEmpty()) {
        return;
      }
      heads.add(head);
      switch (faults.poll()) {
        case null -> forward(client, head, Integer.MAX_VALUE, "");
        case Fault.Cut(int bytes) -> forward(client, head, bytes, "");
        case Fault.Header(String line) -> forward(client, head, Integer.MAX_VALUE, line + "\r\n");
        case Fault.Answer(int status, String code) -> answer(client, head, status, code);
        case Fault.Silence _ -> {
          silent.add(client);
          client.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
      }
    } catch (IOException e) {
      // One of them went.
    }
  }

  /** A request up to its body, or what there was of it. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int each = in.read();
    while (each >= 0) {
      head.write(each);
      if (each == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        break;
      }
      each = in.read();
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /** Reads the body first, unless the client waits for a word before it sends it. */
  private static void answer(Socket client, String head, int status, String code)
      throws IOException {
    String lower = head.toLowerCase(Locale.ROOT);
    if (!lower.contains("expect: 100-continue") && lower.contains("\r\ncontent-length: ")) {
      String length = lower.split("\r\ncontent-length: ", 2)[1].split("\r\n", 2)[0];
      client.getInputStream().skipNBytes(Long.parseLong(length.strip()));
    }
    String body = "<Error><Code>" + code + "</Code><Message>planted</Message></Error>";
    String answer =
        "HTTP/1.1 "
            + status
            + " planted\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + (head.startsWith("HEAD") ? "" : body);
    client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void forward(Socket client, String head, int most, String header) throws IOException {
    try (Socket upstream = new Socket(server.getHost(), server.getPort())) {
      OutputStream out = upstream.getOutputStream();
      out.write(
          head.replaceFirst("(?i)\r\nconnection: [^\r]*", "")
              .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      Thread.ofVirtual().start(() -> send(client, out));
      InputStream in = upstream.getInputStream();
      String begin = head(in);
      while (begin.startsWith("HTTP/1.1 100")) {
        client.getOutputStream().write(begin.getBytes(StandardCharsets.ISO_8859_1));
        begin = head(in);
      }
      String marked = begin.replaceFirst("\r\n\r\n$", "\r\n" + header + "\r\n");
      client.getOutputStream().write(marked.getBytes(StandardCharsets.ISO_8859_1));
      client.getOutputStream().write(in.readNBytes(most));
    }
  }

  private static void send(Socket client, OutputStream out) {
    try {
      client.getInputStream().transferTo(out);
    } catch (IOException e) {
      // One of them went.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
