package org.hikae.policy.control;

import java.time.Instant;
import java.util.Map;

/** Short forms of what the tests of this package say. */
final class PolicyFixture {

  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private PolicyFixture() {}

  static PolicyStatement everybody(long version, Map<String, Object> values, Instant since) {
    return new PolicyStatement(
        new PolicyScopeId.Everybody(), version, null, PolicyValues.sent(values), since);
  }

  static PolicyStatement everybody(Map<String, Object> values) {
    return everybody(1, values, START);
  }

  static PolicyStatement group(String path, int rank, Map<String, Object> values) {
    return group(path, rank, 1, values, START);
  }

  static PolicyStatement group(
      String path, int rank, long version, Map<String, Object> values, Instant since) {
    return new PolicyStatement(
        new PolicyScopeId.Group(path), version, rank, PolicyValues.sent(values), since);
  }

  static PolicyStatement employee(long id, Map<String, Object> values) {
    return new PolicyStatement(
        new PolicyScopeId.Individual(id), 1, null, PolicyValues.sent(values), START);
  }
}
