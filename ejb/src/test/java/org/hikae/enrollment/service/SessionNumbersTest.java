package org.hikae.enrollment.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.hikae.backup.boundary.SnapshotCatalogue;
import org.hikae.enrollment.boundary.DeviceSessions;
import org.hikae.testing.SpecNumbers;
import org.junit.jupiter.api.Test;

/** The limits that a device meets are those of the specification (HK1-N-05). */
class SessionNumbersTest {

  @Test
  void of_sessions() {
    assertThat(SpecNumbers.of("session"))
        .isEqualTo(
            Map.of(
                "nonce-seconds", DeviceSessions.NONCE_LIFE.toSeconds(),
                "nonces", (long) DeviceSessions.MAX_NONCES,
                "session-seconds", SessionOpening.SESSION_LIFE.toSeconds(),
                "wraps", (long) Standing.MAX_WRAPS,
                "filed-wraps", (long) Standing.MAX_FILED,
                "snapshots-page", (long) SnapshotCatalogue.DEFAULT_LIMIT,
                "snapshots-page-limit", (long) SnapshotCatalogue.MAX_LIMIT));
  }
}
