package org.hikae.insight.recovery.view;

import java.time.Duration;

/**
 * How many people with an active set have shown that they can recover.
 *
 * @param path group path at Keycloak; empty for everybody, or for small departments together
 * @param people with an active set
 * @param drilled of whom a device has opened a sample
 * @param practised who have typed their password
 * @param proven with both
 */
public record RecoveryRow(String path, long people, long drilled, long practised, long proven) {

  /**
   * How far back what was shown counts: longer than any interval that is built in, so that nobody
   * falls out between two times.
   */
  public static final Duration WITHIN = Duration.ofDays(120);

  /** Small departments together, before any is among them. */
  public static final RecoveryRow OTHERS = new RecoveryRow("", 0, 0, 0, 0);

  /** Both together, under the path of this one. */
  public RecoveryRow with(RecoveryRow other) {
    return new RecoveryRow(
        path,
        people + other.people,
        drilled + other.drilled,
        practised + other.practised,
        proven + other.proven);
  }

  /** Share of people with both, in whole percent; 0 of nobody. */
  public int percent() {
    return people == 0 ? 0 : (int) (proven * 100 / people);
  }
}
