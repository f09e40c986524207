package org.hikae.backup.bucket.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that answers as a test says, and looks at no signature. */
final class ScriptedS3Server implements Closeable {

  /** What is answered to a request. */
  @FunctionalInterface
  interface ScriptedAnswer {

    /** Answers. */
    void answer(HttpExchange request) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  ScriptedS3Server(ScriptedAnswer script) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        request -> {
          requests.add(request.getRequestMethod() + " " + request.getRequestURI());
          try (request) {
            script.answer(request);
          }
        });
    server.start();
  }

  /** Answers with a text. */
  static void text(HttpExchange request, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    request.getResponseHeaders().set("Content-Type", "application/xml");
    request.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      request.getResponseBody().write(bytes);
    }
  }

  /** Methods, paths and queries of all requests. */
  List<String> requests() {
    return requests;
  }

  S3Bucket bucket(Duration upload) {
    return new S3Bucket(
        new S3Location(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            "us-east-1",
            "hikae",
            "portal/",
            true,
            S3Credentials.of("key", "secret"),
            null,
            new S3Limits(
                Duration.ofMinutes(1),
                Duration.ofSeconds(20),
                upload,
                Duration.ofMinutes(1),
                3,
                1,
                Duration.ofSeconds(1))));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Waits until the test has ended. */
  static void hang() {
    try {
      Thread.sleep(Duration.ofMinutes(1));
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
