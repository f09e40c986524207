package org.hikae.device.http;

import java.util.Locale;
import java.util.Map;

/**
 * What came back, whole.
 *
 * @param status the HTTP status
 * @param headers the headers by their names in lower case, the first of each
 * @param body the bytes, empty when there are none; in an array of the call's they may be followed
 *     by what was there before
 */
public record HttpReply(int status, Map<String, String> headers, byte[] body) {

  /** Copies the headers. */
  public HttpReply {
    headers = Map.copyOf(headers);
  }

  /** Whether the request was granted. */
  public boolean granted() {
    return status >= 200 && status < 300;
  }

  /** A header, or an empty text. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  @Override
  public String toString() {
    return "HttpReply(" + status + ", " + body.length + " bytes)";
  }
}
