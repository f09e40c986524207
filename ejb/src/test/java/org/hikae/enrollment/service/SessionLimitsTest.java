package org.hikae.enrollment.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.hikae.backup.boundary.SnapshotQueries;
import org.hikae.enrollment.boundary.DeviceSessionCommands;
import org.hikae.testing.SpecNumbers;
import org.junit.jupiter.api.Test;

/** The limits that a device meets are those of the specification (HK1-N-05). */
class SessionLimitsTest {

  @Test
  void of_sessions() {
    assertThat(SpecNumbers.of("session"))
        .isEqualTo(
            Map.of(
                "nonce-seconds", DeviceSessionCommands.NONCE_LIFE.toSeconds(),
                "nonces", (long) DeviceSessionCommands.MAX_NONCES,
                "session-seconds", DeviceSessionSteps.SESSION_LIFE.toSeconds(),
                "wraps", (long) EnrollmentStatusReader.MAX_WRAPS,
                "filed-wraps", (long) EnrollmentStatusReader.MAX_FILED,
                "snapshots-page", (long) SnapshotQueries.DEFAULT_LIMIT,
                "snapshots-page-limit", (long) SnapshotQueries.MAX_LIMIT));
  }
}
