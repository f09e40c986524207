package org.hikae.device.http;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request: whole in memory, but for a body that lies in a file, so that it can be sent
 * again. The largest body is an object.
 *
 * @param method the HTTP method
 * @param uri where
 * @param headers sent as they are; may carry tokens, so never printed
 * @param body what to send, if anything
 * @param maxAnswerBytes a longer answer is refused while it arrives
 * @param deadline limits below those of every call, if any
 * @param buffers gives the array for an answer of known length, or a longer one; null for a new one
 */
public record HttpCall(
    String method,
    URI uri,
    Map<String, String> headers,
    @Nullable RequestBody body,
    int maxAnswerBytes,
    @Nullable CallDeadline deadline,
    @Nullable IntFunction<byte[]> buffers) {

  /** Most bytes of an answer that is JSON. */
  public static final int MAX_JSON_BYTES = 8 * 1024 * 1024;

  private static final Duration BASE_TIME = Duration.ofSeconds(60);

  /** The slowest line on which a body still gets through, in bytes a second. */
  private static final int SLOWEST_BYTES_PER_SECOND = 32 * 1024;

  private static final long SECOND_NANOS = 1_000_000_000L;

  /** Copies the headers. */
  public HttpCall {
    headers = Map.copyOf(headers);
  }

  /** A call without a body. */
  public static HttpCall of(String method, URI uri) {
    return new HttpCall(method, uri, Map.of(), null, MAX_JSON_BYTES, null, null);
  }

  /** The same with a body. */
  public HttpCall withBody(String mediaType, byte[] bytes) {
    return withBody(mediaType, new RequestBody.Bytes(bytes));
  }

  /** The same with a body. */
  public HttpCall withBody(String mediaType, RequestBody sent) {
    return new HttpCall(method, uri, headers, sent, maxAnswerBytes, deadline, buffers)
        .withHeader("Content-Type", mediaType);
  }

  /** The same with one header more. */
  public HttpCall withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpCall(method, uri, more, body, maxAnswerBytes, deadline, buffers);
  }

  /** The same with another limit of the answer. */
  public HttpCall withMaxAnswerBytes(int bytes) {
    return new HttpCall(method, uri, headers, body, bytes, deadline, buffers);
  }

  /**
   * The same with an answer in an array from {@code other}, which is asked for the answer's length.
   */
  public HttpCall withBuffers(IntFunction<byte[]> other) {
    return new HttpCall(method, uri, headers, body, maxAnswerBytes, deadline, other);
  }

  /** The same with limits of its own; none for those of every call. */
  public HttpCall withDeadline(@Nullable CallDeadline other) {
    return new HttpCall(method, uri, headers, body, maxAnswerBytes, other, buffers);
  }

  /**
   * How long the exchange may take until something of the answer's body comes: a base, and the time
   * of what is sent on the slowest line. So who says nothing is not waited for as long as for a
   * large answer.
   */
  public Duration limit() {
    return deadline == null
        ? BASE_TIME.plusSeconds(sentBytes() / SLOWEST_BYTES_PER_SECOND)
        : deadline.exchange();
  }

  /** How much longer it may take, in nanoseconds, when so much of the answer's body has come. */
  long moreAfter(long received) {
    return deadline == null ? received * SECOND_NANOS / SLOWEST_BYTES_PER_SECOND : 0;
  }

  /** How long opening a connection for it may take; {@code usual} when it has no deadline. */
  Duration openingLimit(Duration usual) {
    return deadline == null || deadline.exchange().compareTo(usual) > 0
        ? usual
        : deadline.exchange();
  }

  /** A pause after which it may still be sent again. */
  Duration shortened(Duration pause) {
    return deadline == null ? pause : deadline.shortened(pause);
  }

  /** Whether it may not be sent again, however it ends. */
  boolean over() {
    return deadline != null && deadline.over();
  }

  /** How many bytes are sent beside the head. */
  int sentBytes() {
    return body == null ? 0 : body.length();
  }

  /** Shows method and path only. */
  @Override
  public String toString() {
    return method + " " + uri.getPath();
  }
}
