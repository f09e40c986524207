package org.hikae.device.remote;

import java.net.http.HttpHeaders;

/**
 * What came back, whole.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the bytes, empty when there are none
 */
public record Answer(int status, HttpHeaders headers, byte[] body) {

  /** Whether the request was granted. */
  public boolean granted() {
    return status >= 200 && status < 300;
  }

  /** A header, or an empty text. */
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  @Override
  public String toString() {
    return "Answer(" + status + ", " + body.length + " bytes)";
  }
}
