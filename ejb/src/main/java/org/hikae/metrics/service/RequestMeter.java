package org.hikae.metrics.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;

/** Counts answered requests and how long they took. */
@ApplicationScoped
public class RequestMeter {

  /** The route of what is found nowhere, so that nobody can add figures by asking. */
  public static final String UNMATCHED = "unmatched";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

  @Inject private Meters meters;

  /**
   * A request was answered.
   *
   * @param route template of the path, or {@link #UNMATCHED}; never the path itself
   * @param status of the answer
   * @param nanos how long it took
   */
  public void answered(String method, String route, int status, long nanos) {
    meters.answered(
        METHODS.contains(method) ? method : "other",
        route,
        status / 100 + "xx",
        Duration.ofNanos(nanos));
  }
}
