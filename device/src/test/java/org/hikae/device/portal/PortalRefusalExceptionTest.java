package org.hikae.device.portal;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.backup.wire.RunResult;
import org.hikae.device.http.RetryPolicy;
import org.hikae.problem.wire.Problem;
import org.junit.jupiter.api.Test;

/** HK1-R-13 for refusals. */
class PortalRefusalExceptionTest {

  @Test
  void a_full_quota_is_a_refusal_with_sizes_and_no_reason_to_try_again() {
    Problem problem =
        new Problem(
            "urn:hikae:problem:quota-exceeded",
            "Quota exceeded",
            507,
            "no room",
            "quota-exceeded",
            "urn:uuid:1",
            null,
            null,
            1L << 30,
            2L << 30,
            1024L,
            null);
    PortalRefusalException refusal = PortalRefusalException.of(507, problem);
    assertThat(refusal.result()).isEqualTo(RunResult.REFUSED);
    assertThat(refusal.key()).isEqualTo("problem.quota-exceeded");
    assertThat(refusal.arguments()).endsWith("1.0 GiB", "2.0 GiB", "1.0 KiB");
    assertThat(RetryPolicy.STANDARD.again(507)).isFalse();
    assertThat(PortalRefusalException.of(507, null).result())
        .as("storage that is full may be given room")
        .isEqualTo(RunResult.NETWORK);
    assertThat(PortalRefusalException.of(503, null).result()).isEqualTo(RunResult.NETWORK);
  }

  /** HK1-D-16. */
  @Test
  void a_reason_does_not_fill_the_screen() {
    PortalRefusalException refused = PortalRefusalException.of(409, unknown(409, "x".repeat(2000)));
    assertThat(refused.arguments()).contains("x".repeat(1000) + "\u2026");
  }

  private static Problem unknown(int status) {
    return unknown(status, "a reason");
  }

  private static Problem unknown(int status, String detail) {
    return new Problem(
        "urn:hikae:problem:of-a-later-release",
        "Later",
        status,
        detail,
        "of-a-later-release",
        "urn:uuid:1",
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void of_a_code_that_is_unknown_the_status_counts() {
    PortalRefusalException refused = PortalRefusalException.of(409, unknown(409));
    assertThat(refused.result()).isEqualTo(RunResult.REFUSED);
    assertThat(refused.arguments()).containsExactly("a reason", "of-a-later-release");
    assertThat(PortalRefusalException.of(429, unknown(429)).result()).isEqualTo(RunResult.NETWORK);
    assertThat(PortalRefusalException.of(503, unknown(503)).result()).isEqualTo(RunResult.NETWORK);
  }

  @Test
  void a_portal_that_is_not_there_yet_refuses_nothing() {
    for (int status : new int[] {404, 502, 503, 504}) {
      PortalRefusalException refusal = PortalRefusalException.of(status, null);
      assertThat(refusal.result()).isEqualTo(RunResult.NETWORK);
      assertThat(refusal.key()).isEqualTo("problem.not-ready");
      assertThat(refusal.arguments()).containsExactly(Integer.toString(status));
    }
    // HK1-R-11: a proxy or a network's sign-in page has refused it, not the portal.
    for (int status : new int[] {302, 401, 403, 407}) {
      assertThat(PortalRefusalException.of(status, null).result()).isEqualTo(RunResult.NETWORK);
      assertThat(PortalRefusalException.of(status, null).key()).isEqualTo("problem.status");
    }
  }
}
