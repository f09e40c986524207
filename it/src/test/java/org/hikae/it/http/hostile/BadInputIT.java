package org.hikae.it.http.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hikae.hk1.TextCodec;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
import org.hikae.it.http.RefusalAssert;
import org.hikae.it.stack.StackDatabase;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests of a wrong form, each answered with its stable code (HK1-N-01). Time budget: 20 seconds
 * beside the system's start.
 */
class BadInputIT {

  private static final String NONCES = "/v1/enrollment/nonces";
  private static final String MISSING = "/v1/device/objects/missing";
  private static final String ID = "00112233445566778899aabbccddeeff";

  private static ApiDevice device;
  private static ApiClient session;

  @BeforeAll
  static void opted_in() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    device = ApiDevice.enrol(company.agentOf(company.employee()), "bad input");
    session = device.session();
    device.optIn(session);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{",
        "{}",
        "{\"deviceId\":null}",
        "{\"deviceId\":7}",
        "{\"deviceId\":{}}",
        "{\"deviceId\":\"" + ID + "\",\"more\":1}",
        "{\"deviceId\":\"" + ID + "\",\"deviceId\":\"" + ID + "\"}",
        "{\"deviceId\":\"" + ID + "\"}{}",
        "{\"@class\":\"java.lang.Runtime\",\"deviceId\":\"" + ID + "\"}",
        "{\"deviceId\":\"00112233445566778899AABBCCDDEEFF\"}",
        "{\"deviceId\":\"0011\"}",
        "{\"deviceId\":\"zz112233445566778899aabbccddeeff\"}",
        "{\"deviceId\":\"\\u0000\"}"
      })
  void json_of_another_form_is_malformed(String body) {
    RefusalAssert.assertRefused(
        session.send("POST", NONCES, "application/json", utf8(body)), ProblemCode.MALFORMED);
  }

  @Test
  void bytes_that_are_no_utf8_are_malformed() {
    byte[] body = {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'};
    RefusalAssert.assertRefused(
        session.send("POST", NONCES, "application/json", body), ProblemCode.MALFORMED);
  }

  @Test
  void json_nested_without_end_is_malformed() {
    byte[] body = utf8("{\"deviceId\":" + "[".repeat(100_000));
    RefusalAssert.assertRefused(
        session.send("POST", NONCES, "application/json", body), ProblemCode.MALFORMED);
  }

  @Test
  void json_above_its_limit_is_too_large() {
    byte[] body = utf8("{\"deviceId\":\"" + "a".repeat(2 * 1024 * 1024) + "\"}");
    RefusalAssert.assertRefused(
        session.send("POST", NONCES, "application/json", body), ProblemCode.TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded"})
  void another_content_type_is_refused(String type) {
    RefusalAssert.assertRefused(
        session.send("POST", NONCES, type, utf8("{\"deviceId\":\"" + ID + "\"}")),
        ProblemCode.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void an_answer_in_a_type_that_is_not_offered_is_refused() {
    RefusalAssert.assertRefused(
        session.with("Accept", "application/xml").get("/v1/device"), ProblemCode.NOT_ACCEPTABLE);
  }

  @Test
  void a_method_that_is_not_offered_is_refused() {
    RefusalAssert.assertRefused(
        session.send("DELETE", "/v1/device", null, null), ProblemCode.METHOD_NOT_ALLOWED);
  }

  @Test
  void a_path_that_does_not_exist_is_not_found() {
    RefusalAssert.assertRefused(session.get("/v1/nothing"), ProblemCode.NOT_FOUND);
    RefusalAssert.assertRefused(session.get("/v1/device/nothing"), ProblemCode.NOT_FOUND);
  }

  @Test
  void too_many_names_in_a_question_are_malformed() {
    String name = TextCodec.hex(new byte[32]);
    RefusalAssert.assertRefused(
        session.json("POST", MISSING, Map.of("names", Collections.nCopies(10_001, name))),
        ProblemCode.MALFORMED);
    RefusalAssert.assertRefused(
        session.json("POST", MISSING, Map.of("names", List.of(name.replace('0', 'A')))),
        ProblemCode.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?limit=0", "?limit=1001", "?limit=-1", "?limit=abc", "?limit=1e3"})
  void a_page_size_out_of_range_is_malformed(String query) {
    RefusalAssert.assertRefused(session.get("/v1/device/snapshots" + query), ProblemCode.MALFORMED);
  }

  /** Wherever an identifier stands: one of another form is not one that is missing (HK1-N-01). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/device/snapshots/%s",
        "GET /v1/device/snapshots/%s/objects",
        "POST /v1/device/snapshots/%s/release",
        "DELETE /v1/device/snapshots/%s/release",
        "GET /v1/device/snapshots?after=%s",
        "GET /v1/device/snapshots?device=%s",
        "POST /v1/device/restic/repositories/%s/credentials"
      })
  void an_identifier_of_another_form_is_malformed(String request) {
    int blank = request.indexOf(' ');
    String method = request.substring(0, blank);
    String path = request.substring(blank + 1);
    for (String id : List.of(ID.toUpperCase(Locale.ROOT), ID.substring(1), ID + "0", "x")) {
      RefusalAssert.assertRefused(
          session.send(method, path.replace("%s", id), null, null), ProblemCode.MALFORMED);
    }
  }

  @Test
  void wraps_that_contradict_their_head_are_malformed() {
    String wrapId = TextCodec.hex(ApiDevice.random(16));
    byte[] wrap = device.wrap(wrapId);
    for (int at : new int[] {0, 5, 6, 7, 8, 24, 28, 76}) {
      byte[] changed = wrap.clone();
      changed[at] ^= 0x40;
      RefusalAssert.assertRefused(device.putWrap(session, wrapId, changed), ProblemCode.MALFORMED);
    }
    RefusalAssert.assertRefused(
        device.putWrap(session, wrapId, java.util.Arrays.copyOf(wrap, wrap.length - 1)),
        ProblemCode.MALFORMED);
    RefusalAssert.assertRefused(
        device.putWrap(session, wrapId, java.util.Arrays.copyOf(wrap, wrap.length + 1)),
        ProblemCode.MALFORMED);
    assertThat(session.get("/v1/device/wraps").text()).doesNotContain(wrapId);
  }

  @Test
  void a_vault_message_above_its_limit_is_too_large() {
    RefusalAssert.assertRefused(
        session.bytes("POST", "/v1/device/vault/messages", new byte[32 * 1024 + 1]),
        ProblemCode.TOO_LARGE);
  }

  @Test
  void refusals_speak_the_language_asked_for() {
    ApiReply japanese = session.with("Accept-Language", "ja").get("/v1/nothing");
    ApiReply english = session.with("Accept-Language", "en").get("/v1/nothing");
    assertThat(japanese.field("code")).isEqualTo(english.field("code"));
    assertThat(japanese.field("detail")).containsPattern("[\\u3040-\\u30ff]");
    assertThat(english.field("detail").toLowerCase(Locale.ROOT)).matches("\\p{ASCII}+");
  }

  @Test
  void answers_are_kept_by_no_cache_and_name_no_software() {
    ApiReply reply = session.get("/v1/device");
    assertThat(reply.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(reply.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(reply.headers().map()).doesNotContainKeys("X-Powered-By", "Server", "Set-Cookie");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
