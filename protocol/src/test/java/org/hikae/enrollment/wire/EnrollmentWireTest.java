package org.hikae.enrollment.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.Transcript;
import org.junit.jupiter.api.Test;

class EnrollmentWireTest {

  private static final byte[] KEY = {1};
  private static final byte[] OTHER_KEY = {2};

  @Test
  void a_device_signs_who_it_belongs_to_and_what_it_says_of_itself() {
    assertDifferent(
        EnrolDevice.described("issuer", "subject", KEY, "name", "linux", "1.1"),
        EnrolDevice.described("other", "subject", KEY, "name", "linux", "1.1"),
        EnrolDevice.described("issuer", "other", KEY, "name", "linux", "1.1"),
        EnrolDevice.described("issuer", "subject", OTHER_KEY, "name", "linux", "1.1"),
        EnrolDevice.described("issuer", "subject", KEY, "other", "linux", "1.1"),
        EnrolDevice.described("issuer", "subject", KEY, "name", "other", "1.1"),
        EnrolDevice.described("issuer", "subject", KEY, "name", "linux", "1.2"),
        EnrolDevice.transcript("issuer", "subject", KEY, "name"),
        EnrolDevice.transcript("other", "subject", KEY, "name"),
        EnrolDevice.transcript("issuer", "other", KEY, "name"),
        EnrolDevice.transcript("issuer", "subject", OTHER_KEY, "name"),
        EnrolDevice.transcript("issuer", "subject", KEY, "other"));
  }

  @Test
  void what_a_device_sends_is_what_it_signs() {
    EnrolDevice sent = new EnrolDevice("name", "linux", "1.1", "key", "signature");

    assertThat(sent.described("issuer", "subject", KEY).toBytes())
        .isEqualTo(
            EnrolDevice.described("issuer", "subject", KEY, "name", "linux", "1.1").toBytes());
    assertThat(EnrolDevice.signedBytes("issuer", "subject", KEY, "name"))
        .isEqualTo(EnrolDevice.transcript("issuer", "subject", KEY, "name").toBytes());
    assertThat(OpenSession.signedBytes("issuer", KEY, OTHER_KEY))
        .isEqualTo(OpenSession.transcript("issuer", KEY, OTHER_KEY).toBytes());
  }

  @Test
  void a_session_is_opened_for_one_portal_one_device_and_one_time() {
    assertDifferent(
        OpenSession.transcript("issuer", KEY, KEY),
        OpenSession.transcript("other", KEY, KEY),
        OpenSession.transcript("issuer", OTHER_KEY, KEY),
        OpenSession.transcript("issuer", KEY, OTHER_KEY));
  }

  @Test
  void what_lets_somebody_in_is_never_printed() {
    assertThat(new DeviceSession("s3cret", Instant.EPOCH)).hasToString("DeviceSession(REDACTED)");
    assertThat(new NewResticCredential("repository", "user", "s3cret", Instant.EPOCH))
        .hasToString("NewResticCredential(repository, user, REDACTED)");
  }

  private static void assertDifferent(Transcript... all) {
    assertThat(Arrays.stream(all).map(one -> TextCodec.hex(one.toBytes()))).doesNotHaveDuplicates();
  }
}
