package org.hikae.device.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A web server on a random port of this computer that answers as a test says. */
public final class FakeHttpServer implements AutoCloseable {

  /** Answers one request. */
  @FunctionalInterface
  public interface ResponseHandler {
    /** Answers. */
    void answer(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile ResponseHandler responseHandler;

  /** Starts with an answer. */
  public FakeHttpServer(ResponseHandler responseHandler) throws IOException {
    this.responseHandler = responseHandler;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Answers otherwise from now on. */
  public void answer(ResponseHandler other) {
    responseHandler = other;
  }

  /** Method, path and query of each request so far. */
  public List<String> requests() {
    return requests;
  }

  /** Where it listens. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Sends a whole answer. */
  public static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Sends a file, or says that there is none. */
  public static void file(HttpExchange exchange, byte @Nullable [] bytes) throws IOException {
    if (bytes == null) {
      problem(exchange, 404, "not-found");
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Sends a problem. */
  public static void problem(HttpExchange exchange, int status, String code) throws IOException {
    send(
        exchange,
        status,
        "application/problem+json",
        "{\"type\":\"urn:hikae:problem:"
            + code
            + "\",\"title\":\"t\",\"status\":"
            + status
            + ",\"detail\":\"Detail.\",\"code\":\""
            + code
            + "\",\"instance\":\"urn:uuid:1\"}");
  }

  /** In place of an answer: the connection stays open and silent until the server is closed. */
  public static final class SilenceException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      try {
        responseHandler.answer(exchange);
      } catch (SilenceException e) {
        closed.await();
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
