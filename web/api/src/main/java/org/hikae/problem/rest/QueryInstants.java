package org.hikae.problem.rest;

import java.time.DateTimeException;
import java.time.Instant;
import org.hikae.problem.boundary.Refusal;
import org.jspecify.annotations.Nullable;

/** Times in query strings, in ISO 8601. */
public final class QueryInstants {

  private QueryInstants() {}

  /** The time in {@code text}; null when absent. */
  public static @Nullable Instant at(String name, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw Refusal.malformed(name + " must be a time such as 2026-11-26T15:00:00Z.");
    }
  }
}
