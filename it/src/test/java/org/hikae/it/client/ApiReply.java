package org.hikae.it.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.hikae.problem.wire.Problem;

/**
 * What the portal answered.
 *
 * @param status HTTP status
 * @param headers its headers
 * @param body its body, empty when there is none
 */
public record ApiReply(int status, HttpHeaders headers, byte[] body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static ApiReply of(HttpResponse<byte[]> response) {
    return new ApiReply(response.statusCode(), response.headers(), response.body());
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The body as JSON. */
  public JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + this, e);
    }
  }

  /** A field of the JSON body as text. */
  public String field(String name) {
    return json().path(name).asText();
  }

  /** The stable code of a refusal, or the empty string when this is none. */
  public String code() {
    return isProblem() ? field("code") : "";
  }

  /** Whether the portal refused in the form that the specification promises. */
  public boolean isProblem() {
    return headers.firstValue("Content-Type").orElse("").startsWith(Problem.MEDIA_TYPE);
  }

  /** The refusal without its correlation id, which differs each time. */
  public JsonNode problemWithoutId() {
    ObjectNode problem = (ObjectNode) json();
    problem.remove("instance");
    return problem;
  }

  @Override
  public String toString() {
    return status + " " + headers.firstValue("Content-Type").orElse("-") + " " + text();
  }
}
