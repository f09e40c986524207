package org.hikae.http.parameter.rest;

import java.time.Instant;
import org.hikae.problem.control.InstantParser;
import org.jspecify.annotations.Nullable;

/** Times in query strings, in ISO 8601. */
public final class QueryInstants {

  private QueryInstants() {}

  /** The time in {@code text}; null when absent. */
  public static @Nullable Instant at(String name, @Nullable String text) {
    return text == null ? null : InstantParser.parse(name, text);
  }
}
