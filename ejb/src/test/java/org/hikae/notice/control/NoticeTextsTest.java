package org.hikae.notice.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.hikae.notice.entity.NoticeChannel;
import org.hikae.notice.entity.NoticeDelivery.Destination;
import org.hikae.notice.wire.NoticeKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoticeTextsTest {

  private static final Pattern FACT = Pattern.compile("\\{\\w+}");

  @ParameterizedTest
  @EnumSource(NoticeKind.class)
  void every_kind_says_the_same_in_both_languages(NoticeKind kind) {
    String english = NoticeTexts.text(kind.code(), "en");
    String japanese = NoticeTexts.text(kind.code(), "ja");
    assertThat(facts(japanese)).containsExactlyInAnyOrderElementsOf(facts(english));
    assertThat(japanese).matches(".*[\\u3040-\\u30ff].*").endsWith("。");
    assertThat(english).endsWith(".");
    assertThat(NoticeKind.named(kind.code())).contains(kind);
  }

  private static List<String> facts(String text) {
    return FACT.matcher(text).results().map(MatchResult::group).toList();
  }

  @ParameterizedTest
  @EnumSource(NoticeKind.Severity.class)
  void every_severity_has_a_name(NoticeKind.Severity severity) {
    assertThat(NoticeTexts.text("severity." + severity, "en")).isNotBlank();
    assertThat(NoticeTexts.text("severity." + severity, "ja")).isNotBlank();
  }

  @Test
  void what_people_named_stays_text_in_a_mail() {
    Map<String, String> named = Map.of("name", "<b>{deviceId}\r\nBcc: x@example.com");
    Parcel.Content content =
        new Parcel.Content(7, NoticeKind.DEVICE_ENROLLED, Instant.EPOCH, 3L, named);
    Destination to = new Destination(NoticeChannel.MAIL, "a@example.com", "en");
    MailText mail = MailText.of(new Parcel("p", to, List.of(content)), "https://portal.example/");
    assertThat(mail.subject()).contains("<b>(deviceId)  Bcc").doesNotContain("\r", "\n");
    assertThat(mail.html()).contains("&lt;b&gt;").doesNotContain("<b>");
    assertThat(mail.text()).contains("1970-01-01 00:00 UTC").contains("https://portal.example/");
    MailText digest =
        MailText.of(new Parcel("p", to, List.of(content, content)), "https://portal.example/");
    assertThat(digest.subject()).isEqualTo("Hikae: 2 notices");
  }

  @Test
  void a_fact_that_is_missing_leaves_a_dash_and_a_long_one_is_cut() {
    assertThat(NoticeTexts.sentence(NoticeKind.DEVICE_ENROLLED, Map.of(), "en")).contains(": –.");
    Map<String, String> longName = Map.of("name", "x".repeat(500));
    assertThat(NoticeTexts.sentence(NoticeKind.DEVICE_ENROLLED, longName, "ja"))
        .contains("x…")
        .hasSizeLessThan(300);
  }
}
