package org.hikae.http.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.hikae.backup.wire.MissingQuery;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.TakeBackTo;
import org.hikae.backup.wire.TakenBack;
import org.hikae.enrollment.wire.OptIn;
import org.hikae.enrollment.wire.PutWrap;
import org.hikae.hk1.WrapMethod;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.value.RecipientAudience;
import org.hikae.notice.view.PutRecipient;
import org.hikae.notice.view.TestChannel;
import org.hikae.policy.view.PutPolicy;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.rollout.value.GateKind;
import org.hikae.rollout.view.GateView;
import org.hikae.rollout.view.PutCampaign;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

  private static final String REPORT =
      """
      {"kind":"BACKUP","result":"RUNNING","startedAt":"2026-01-02T03:04:05Z","agentVersion":"1",\
      "filesDone":0,"filesFailed":0,"bytesRead":0,"bytesSent":0,"bytesReceived":0,\
      "durationMillis":0}\
      """;

  private static final String NO_TIME =
      "moment must be a time such as 2026-11-26T15:00:00Z, from 1970 to 9999.";

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
        .isEqualTo(new PutWrap("ab", 1, WrapMethod.PASSWORD_VAULT, null));
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
    String json = REPORT.replace("\"BACKUP\"", "0");
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

  private static void assertSaid(String json, Class<?> type, String sentence) {
    assertThatThrownBy(() -> read(json, type))
        .as(json)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ProblemCode.MALFORMED);
              assertThat(refusal.reason()).isEqualTo(sentence);
            });
  }

  @Test
  void a_time_is_read_to_the_microsecond_that_databases_keep() throws IOException {
    assertThat(read("{\"moment\":\"2026-01-02T03:04:05.123456789Z\"}", TakeBackTo.class))
        .isEqualTo(new TakeBackTo(Instant.parse("2026-01-02T03:04:05.123456Z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-01-02",
        " 2026-01-02T03:04:05Z",
        "1969-12-31T23:59:59Z",
        "2026-01-02T12:04:05+09:00",
        "+10000-01-01T00:00:00Z"
      })
  void a_text_that_is_no_time_is_refused_with_its_name(String text) {
    assertSaid("{\"moment\":\"" + text + "\"}", TakeBackTo.class, NO_TIME);
    String report = REPORT.replace("2026-01-02T03:04:05Z", text);
    assertSaid(report, RunReport.class, "startedAt must be an ISO-8601 instant from 1970 to 9999.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1767323045", "1.5", "true", "{}", "[]", "[\"2026-01-02T03:04:05Z\"]"})
  void what_is_no_text_is_no_time(String value) {
    assertSaid(
        "{\"moment\":" + value + "}", TakeBackTo.class, "The JSON does not fit at $.moment.");
  }

  @Test
  void a_time_that_is_not_there_is_missing() {
    assertSaid("{\"moment\":null}", TakeBackTo.class, "moment is missing.");
    assertSaid("{}", TakeBackTo.class, "moment is missing.");
    assertSaid(
        "{\"moment\":\"\\u0000\"}",
        TakeBackTo.class,
        "moment must have neither the character U+0000 nor half of a surrogate pair.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PASSKEY", "digit_key", "1", " DIGIT_KEY", "DIGIT_KEY "})
  void another_word_than_those_of_an_enum_is_refused(String word) {
    assertSaid(
        "{\"setId\":\"ab\",\"generation\":1,\"method\":\"" + word + "\"}",
        PutWrap.class,
        "method must be PASSWORD_VAULT, DIGIT_KEY or CHAIN.");
    assertSaid(REPORT.replace("BACKUP", word), RunReport.class, "The JSON does not fit at $.kind.");
    String recipient =
        """
        {"name":"IT","audience":"ROLE","channel":"MAIL","addresses":[],"language":"en",\
        "kinds":[],"timeZone":"UTC"}\
        """;
    assertSaid(
        recipient.replace("ROLE", word),
        PutRecipient.class,
        "audience must be one of " + names(RecipientAudience.values()) + ".");
    assertSaid(
        recipient.replace("MAIL", word),
        PutRecipient.class,
        "channel must be one of " + names(NoticeChannel.values()) + ".");
    assertSaid(
        "{\"channel\":\"" + word + "\"}",
        TestChannel.class,
        "channel must be one of " + names(NoticeChannel.values()) + ".");
  }

  @Test
  void a_gate_that_there_is_not_is_refused_in_the_words_of_the_gates() throws IOException {
    String campaign =
        "{\"name\":\"a\",\"gates\":["
            + "{\"gate\":\"VAULT_ERRORS\",\"maxPercent\":1,\"minObserved\":1}]}";
    assertThat(read(campaign, PutCampaign.class))
        .isEqualTo(new PutCampaign("a", null, List.of(new GateView(GateKind.VAULT_ERRORS, 1, 1))));
    assertSaid(
        campaign.replace("VAULT_ERRORS", "vault_errors"),
        PutCampaign.class,
        "gates names one that there is not.");
  }

  private static String names(Enum<?>[] words) {
    return Arrays.stream(words).map(Enum::name).collect(Collectors.joining(", "));
  }

  @Test
  void times_and_words_are_written_as_text() throws IOException {
    Object report = read(REPORT, RunReport.class);
    assertThat(new String(StrictJson.bytes(report), StandardCharsets.UTF_8)).isEqualTo(REPORT);
    TakenBack taken = new TakenBack(Instant.parse("2026-01-02T03:04:05.120Z"), 1, 2);
    assertThat(new String(StrictJson.bytes(taken), StandardCharsets.UTF_8))
        .isEqualTo("{\"moment\":\"2026-01-02T03:04:05.120Z\",\"revived\":1,\"released\":2}");
  }

  @Test
  void absent_values_are_left_out_when_writing() {
    String json =
        new String(
            StrictJson.bytes(new PutWrap("ab", 1, WrapMethod.PASSWORD_VAULT, null)),
            StandardCharsets.UTF_8);
    assertThat(json).doesNotContain("blob").doesNotContain("null");
  }
}
