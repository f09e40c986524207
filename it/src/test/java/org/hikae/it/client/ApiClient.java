package org.hikae.it.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.it.stack.Stack;

/**
 * The portal's REST API as one caller sees it. Immutable: {@link #with} gives another caller.
 *
 * <p>Answers are never judged here; a test says what it expects.
 */
public final class ApiClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final HttpClient http;
  private final URI base;
  private final Map<String, String> headers;
  private final Listener listener;

  /** Hears what is sent and answered. */
  @FunctionalInterface
  public interface Listener {

    /** One call; the path is that below the base. */
    void heard(
        String method,
        String path,
        byte @org.jspecify.annotations.Nullable [] body,
        ApiReply reply);
  }

  private ApiClient(HttpClient http, URI base, Map<String, String> headers, Listener listener) {
    this.http = http;
    this.base = base;
    this.headers = headers;
    this.listener = listener;
  }

  /** A caller without a token. */
  public static ApiClient anonymous(Stack stack) {
    return new ApiClient(
        stack.httpClient(), URI.create(stack.portalUrl() + "/api"), Map.of(), (_, _, _, _) -> {});
  }

  /** The same caller at another portal of the same system. */
  public ApiClient at(URI portal) {
    return new ApiClient(http, URI.create(portal + "/api"), headers, listener);
  }

  /** The same caller with one header more, or another value of it. */
  public ApiClient with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new ApiClient(http, base, Map.copyOf(more), listener);
  }

  /** The same caller without a header. */
  public ApiClient without(String header) {
    Map<String, String> fewer = new LinkedHashMap<>(headers);
    fewer.remove(header);
    return new ApiClient(http, base, Map.copyOf(fewer), listener);
  }

  /** The same caller, whose calls somebody hears; those that are streamed are not heard. */
  public ApiClient heardBy(Listener other) {
    return new ApiClient(http, base, headers, other);
  }

  /** The caller of an access token. */
  public ApiClient bearer(String token) {
    return with("Authorization", "Bearer " + token);
  }

  /** The caller of a device session. */
  public ApiClient session(String session) {
    return with(DeviceSession.HEADER, session);
  }

  /** The headers as lines, for a test that writes its request itself. */
  public String headerLines() {
    StringBuilder lines = new StringBuilder();
    headers.forEach((name, value) -> lines.append(name + ": " + value + "\r\n"));
    return lines.toString();
  }

  /** Asks without a body. */
  public ApiReply get(String path) {
    return send("GET", path, null, null);
  }

  /** Sends a record or map as JSON. */
  public ApiReply json(String method, String path, Object body) {
    try {
      return send(method, path, "application/json", JSON.writeValueAsBytes(body));
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Sends bytes. */
  public ApiReply bytes(String method, String path, byte[] body) {
    return send(method, path, "application/octet-stream", body);
  }

  /** Sends anything; a body or type of null is left out. */
  public ApiReply send(
      String method,
      String path,
      @org.jspecify.annotations.Nullable String type,
      byte @org.jspecify.annotations.Nullable [] body) {
    ApiReply reply =
        sendAs(
            method,
            path,
            type,
            body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    listener.heard(method, path, body, reply);
    return reply;
  }

  /** Sends bytes in chunks, without saying how many there are. */
  public ApiReply streamed(String method, String path, byte[] body) {
    return sendAs(
        method,
        path,
        "application/octet-stream",
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
  }

  /**
   * Sends bytes that nobody holds.
   *
   * @param length what is stated; when fewer come the call is broken off, and this fails
   */
  public ApiReply stated(String method, String path, long length, Supplier<InputStream> body) {
    return sendAs(
        method,
        path,
        "application/octet-stream",
        BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(body), length));
  }

  private ApiReply sendAs(
      String method,
      String path,
      @org.jspecify.annotations.Nullable String type,
      HttpRequest.BodyPublisher body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT);
    headers.forEach(request::setHeader);
    if (type != null) {
      request.setHeader("Content-Type", type);
    }
    request.method(method, body);
    try {
      return ApiReply.of(http.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + " got no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
