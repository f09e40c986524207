package org.hikae.caller.service;

import java.util.Map;

/**
 * An answer as it goes to the client.
 *
 * @param status HTTP status
 * @param headers those that are given again, by name
 * @param body UTF-8 text, empty when there is none
 */
public record RecordedAnswer(int status, Map<String, String> headers, String body) {

  /** The first status of refusals. */
  private static final int REFUSED = 400;

  /** Copies the headers. */
  public RecordedAnswer {
    headers = Map.copyOf(headers);
  }

  /** Whether something was done, so that a repeat must not do it again. */
  public boolean acted() {
    return status < REFUSED;
  }
}
