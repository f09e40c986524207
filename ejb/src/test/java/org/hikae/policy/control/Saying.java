package org.hikae.policy.control;

import java.time.Instant;
import java.util.Map;

/** Short forms of what the tests of this package say. */
final class Saying {

  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private Saying() {}

  static Said everybody(long version, Map<String, Object> values, Instant since) {
    return new Said(new Scope.Everybody(), version, null, PolicyValues.sent(values), since);
  }

  static Said everybody(Map<String, Object> values) {
    return everybody(1, values, START);
  }

  static Said group(String path, int rank, Map<String, Object> values) {
    return group(path, rank, 1, values, START);
  }

  static Said group(
      String path, int rank, long version, Map<String, Object> values, Instant since) {
    return new Said(new Scope.Group(path), version, rank, PolicyValues.sent(values), since);
  }

  static Said employee(long id, Map<String, Object> values) {
    return new Said(new Scope.Employee(id), 1, null, PolicyValues.sent(values), START);
  }
}
