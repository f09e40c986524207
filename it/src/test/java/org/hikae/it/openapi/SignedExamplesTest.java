package org.hikae.it.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Base64;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.enrollment.wire.EnrolDevice;
import org.hikae.enrollment.wire.OpenSession;
import org.hikae.hk1.TextCodec;
import org.junit.jupiter.api.Test;

/**
 * Who tries a client of their own on the examples finds that they verify (HK1-E-03, HK1-E-04). When
 * the examples were made anew, {@code docs/spec/vectors/examples.py} signs these again.
 */
class SignedExamplesTest {

  private static JsonNode operation(String id) throws IOException {
    return OpenApiDocument.checkedIn().operations().stream()
        .filter(operation -> operation.id().equals(id))
        .findFirst()
        .orElseThrow()
        .node();
  }

  private static JsonNode asked(String id) throws IOException {
    return json(operation(id).path("requestBody"));
  }

  private static JsonNode answered(String id, String status) throws IOException {
    return json(operation(id).path("responses").path(status));
  }

  private static JsonNode json(JsonNode holder) {
    return holder.path("content").path("application/json").required("example");
  }

  private static byte[] bytes(JsonNode text) {
    return Base64.getUrlDecoder().decode(text.textValue());
  }

  private static String text(JsonNode of, String name) {
    return of.required(name).textValue();
  }

  @Test
  void a_device_is_enrolled_by_its_signature() throws Exception {
    JsonNode view = answered("getEnrollment", "200");
    JsonNode asked = asked("enrolDevice");
    byte[] key = bytes(asked.required("publicKey"));
    VerifyingKey.decode(key)
        .verify(
            EnrolDevice.described(
                text(view, "issuer"),
                text(view, "subject"),
                key,
                text(asked, "name"),
                text(asked, "platform"),
                text(asked, "agentVersion")),
            bytes(asked.required("signature")));
    assertThat(text(answered("enrolDevice", "201"), "deviceId"))
        .isEqualTo(TextCodec.hex(TextCodec.deviceId(key)));
  }

  @Test
  void a_session_is_opened_by_the_same_device() throws Exception {
    byte[] key = bytes(asked("enrolDevice").required("publicKey"));
    String device = TextCodec.hex(TextCodec.deviceId(key));
    JsonNode asked = asked("openDeviceSession");
    assertThat(text(asked("createNonce"), "deviceId")).isEqualTo(device);
    assertThat(text(asked, "deviceId")).isEqualTo(device);
    assertThat(text(asked, "nonce")).isEqualTo(text(answered("createNonce", "200"), "nonce"));
    VerifyingKey.decode(key)
        .verify(
            OpenSession.transcript(
                text(answered("getEnrollment", "200"), "issuer"),
                TextCodec.deviceId(key),
                bytes(asked.required("nonce"))),
            bytes(asked.required("signature")));
  }
}
