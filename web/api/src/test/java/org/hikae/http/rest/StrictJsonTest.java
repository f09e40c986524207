package org.hikae.http.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hikae.backup.wire.MissingQuery;
import org.hikae.backup.wire.RunReport;
import org.hikae.enrollment.wire.OptIn;
import org.hikae.enrollment.wire.PutWrap;
import org.hikae.policy.view.PutPolicy;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

  private static Object read(String json, Class<?> type) throws IOException {
    return StrictJson.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), type);
  }

  @Test
  void a_complete_record_is_read() throws IOException {
    assertThat(
            read("{\"setId\":\"ab\",\"consentVersion\":1,\"consentLanguage\":\"en\"}", OptIn.class))
        .isEqualTo(new OptIn("ab", 1, "en"));
  }

  @Test
  void what_the_record_calls_nullable_may_be_absent() throws IOException {
    assertThat(
            read(
                "{\"setId\":\"ab\",\"generation\":1,\"method\":\"PASSWORD_VAULT\"}", PutWrap.class))
        .isEqualTo(new PutWrap("ab", 1, "PASSWORD_VAULT", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{\"setId\":\"ab\",\"consentVersion\":1}",
        "{\"setId\":\"ab\",\"consentLanguage\":\"en\"}",
        "{\"setId\":null,\"consentVersion\":1,\"consentLanguage\":\"en\"}",
        "{\"setId\":\"ab\",\"consentVersion\":null,\"consentLanguage\":\"en\"}",
        "{\"setId\":\"ab\",\"consentVersion\":\"1\",\"consentLanguage\":\"en\"}",
        "{\"setId\":\"ab\",\"consentVersion\":1.5,\"consentLanguage\":\"en\"}",
        "{\"setId\":\"ab\",\"consentVersion\":true,\"consentLanguage\":\"en\"}",
        "{\"setId\":1,\"consentVersion\":1,\"consentLanguage\":\"en\"}",
        "{\"setId\":\"ab\",\"consentVersion\":1,\"consentLanguage\":\"en\",\"more\":1}",
        "{\"setId\":\"ab\",\"setId\":\"cd\",\"consentVersion\":1,\"consentLanguage\":\"en\"}",
        "{\"setId\":\"ab\",\"consentVersion\":1,\"consentLanguage\":\"en\"} x",
        "{\"setId\":\"ab\",\"consentVersion\":1,\"consentLanguage\":\"en\"}{}",
        "{\"setId\":{},\"consentVersion\":1,\"consentLanguage\":\"en\"}",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
      })
  void everything_else_is_refused_as_malformed(String json) {
    assertThatThrownBy(() -> read(json, OptIn.class))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.code()).isEqualTo(ProblemCode.MALFORMED));
  }

  @Test
  void a_null_inside_a_list_is_refused() {
    assertThatThrownBy(() -> read("{\"names\":[\"a\",null]}", MissingQuery.class))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void an_enum_is_read_by_name_and_never_by_number() {
    String json =
        """
        {"kind":0,"result":"RUNNING","startedAt":"x","agentVersion":"1","filesDone":0,
        "filesFailed":0,"bytesRead":0,"bytesSent":0,"bytesReceived":0,"durationMillis":0}\
        """;
    assertThatThrownBy(() -> read(json, RunReport.class)).isInstanceOf(Refusal.class);
  }

  @Test
  void values_of_the_client_are_not_repeated() {
    assertThatThrownBy(
            () ->
                read(
                    "{\"setId\":\"ab\",\"consentVersion\":\"s3cret\",\"consentLanguage\":\"en\"}",
                    OptIn.class))
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.reason()).doesNotContain("s3cret"))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason()).contains("consentVersion"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "a\\ud800", "\\udc00b"})
  void texts_that_no_database_keeps_are_refused_wherever_they_stand(String text) {
    assertThatThrownBy(
            () ->
                read(
                    "{\"setId\":\"%s\",\"consentVersion\":1,\"consentLanguage\":\"en\"}"
                        .replace("%s", text),
                    OptIn.class))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> read("{\"names\":[\"" + text + "\"]}", MissingQuery.class))
        .isInstanceOf(Refusal.class);
    for (String values : List.of("{\"a\":\"%s\"}", "{\"a\":[\"%s\"]}", "{\"%s\":1}")) {
      String policy = "{\"replaces\":0,\"values\":" + values.replace("%s", text) + "}";
      assertThatThrownBy(() -> read(policy, PutPolicy.class)).isInstanceOf(Refusal.class);
    }
  }

  @Test
  void absent_values_are_left_out_when_writing() {
    String json =
        new String(
            StrictJson.bytes(new PutWrap("ab", 1, "PASSWORD_VAULT", null)), StandardCharsets.UTF_8);
    assertThat(json).doesNotContain("blob").doesNotContain("null");
  }
}
