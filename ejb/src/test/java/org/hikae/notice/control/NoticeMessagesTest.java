package org.hikae.notice.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hikae.notice.value.DeliveryDestination;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.wire.NoticeKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoticeMessagesTest {

  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final Pattern FACT = Pattern.compile("\\{(\\w+)[^}]*}");

  private static final Pattern ELEMENT = Pattern.compile("<[^>]*>?");

  /** What would end a line, or turn around what follows a name. */
  private static final String COMMANDS = "[\\p{Cc}\\p{Zl}\\p{Zp}\\u202a-\\u202e\\u2066\\u2067]";

  private static final List<String> HOSTILE =
      List.of(
          "<!--<script>alert(1)</script><img src=x onerror=a>",
          "\" onmouseover=\"a' &lt;b&gt; </p></body>",
          "a\r\nBcc: x@example.com\r\n\r\nb",
          "a\u0000\u0007\u001b[31m\u007f\u0085\u009b\u2028\u2029b",
          "\u202e\u2067\u202bgnp.exe\u2069\u202c",
          "\u05d0\u200f\u061c\u0661",
          "=1+1,\"{days}${x}#{y}\\",
          "W".repeat(255),
          "\u05d0".repeat(255));

  @ParameterizedTest
  @EnumSource(NoticeKind.class)
  void every_kind_says_the_same_in_both_languages(NoticeKind kind) {
    String english = NoticeMessages.text(kind.code(), "en");
    String japanese = NoticeMessages.text(kind.code(), "ja");
    assertThat(facts(japanese)).containsExactlyInAnyOrderElementsOf(facts(english));
    assertThat(japanese).matches(".*[\\u3040-\\u30ff].*").endsWith("。");
    assertThat(english).endsWith(".");
    assertThat(NoticeKind.named(kind.code())).contains(kind);
  }

  /** What the employee is asked to do stands in words for the employee only. */
  @ParameterizedTest
  @EnumSource(
      value = NoticeKind.class,
      mode = EnumSource.Mode.EXCLUDE,
      // It names what whoever looks into it is to do.
      names = "CHANGES_SUSPECTED")
  void staff_do_not_read_what_only_the_person_can_do(NoticeKind kind) {
    assertThat(staff(kind, "en")).doesNotContain("If you did", "If this was not you", "tell IT");
    assertThat(staff(kind, "ja")).endsWith("。").doesNotContain("心当たり", "お知らせください");
    assertThat(staff(kind, "ja").split("⟨", -1)).hasSameSizeAs(staff(kind, "en").split("⟨", -1));
  }

  private static String staff(NoticeKind kind, String language) {
    Map<String, String> detail = new HashMap<>();
    facts(NoticeMessages.text(kind.code(), language))
        .forEach(fact -> detail.put(fact.replaceAll("[{}]|,.*", ""), "⟨"));
    return NoticeMessages.staffParts(kind, detail, language).stream()
        .map(NoticeMessages.Part::text)
        .collect(Collectors.joining());
  }

  private static List<String> facts(String text) {
    return FACT.matcher(text).results().map(MatchResult::group).toList();
  }

  @ParameterizedTest
  @EnumSource(NoticeKind.Severity.class)
  void every_severity_has_a_name(NoticeKind.Severity severity) {
    assertThat(NoticeMessages.text("severity." + severity, "en")).isNotBlank();
    assertThat(NoticeMessages.text("severity." + severity, "ja")).isNotBlank();
  }

  @Test
  void what_people_named_stays_text_in_a_mail() {
    Map<String, String> named = Map.of("name", "<b>{deviceId}\r\nBcc: x@example.com");
    OutgoingMessage.Content content =
        new OutgoingMessage.Content(7, NoticeKind.DEVICE_ENROLLED, Instant.EPOCH, 3L, null, named);
    DeliveryDestination to = new DeliveryDestination(NoticeChannel.MAIL, "a@example.com", "en");
    MailText mail =
        MailText.of(
            new OutgoingMessage("p", to, TOKYO, List.of(content), 0), "https://portal.example/");
    assertThat(mail.subject()).contains("<b>{deviceId}  Bcc").doesNotContain("\r", "\n");
    assertThat(mail.html()).contains("&lt;b&gt;").doesNotContain("<b>");
    assertThat(mail.text()).contains("1 Jan 1970 09:00 JST").contains("https://portal.example/");
    MailText digest =
        MailText.of(
            new OutgoingMessage("p", to, TOKYO, List.of(content, content), 7),
            "https://portal.example/");
    assertThat(digest.subject()).isEqualTo("Hikae: 2 notices");
    assertThat(digest.text()).contains("And 7 more, in another mail.");
    assertThat(digest.html()).contains("<p>And 7 more, in another mail.</p>");
    assertThat(mail.text()).doesNotContain("in another mail");
  }

  @Test
  void what_people_named_neither_turns_a_sentence_around_nor_ends_in_half_a_character() {
    Map<String, String> turning = Map.of("name", "=1+1<!--<script>\u202egnp\u2066.exe");
    assertThat(NoticeMessages.sentence(NoticeKind.DEVICE_ENROLLED, turning, "en", TOKYO))
        .contains(": =1+1<!--<script> gnp .exe.");
    Map<String, String> wide = Map.of("name", "x" + "\ud83d\ude00".repeat(100));
    assertThat(NoticeMessages.sentence(NoticeKind.DEVICE_ENROLLED, wide, "en", TOKYO))
        .contains("x" + "\ud83d\ude00".repeat(59) + "…");
  }

  @Test
  void what_is_read_from_the_right_keeps_its_direction_to_itself() {
    Map<String, String> hebrew = Map.of("name", "\u05d0\u05d1 7\u200f", "days", "9");
    assertThat(NoticeMessages.sentence(NoticeKind.BACKUP_MISSED, hebrew, "en", TOKYO))
        .isEqualTo("The device \u2068\u05d0\u05d1 7\u200f\u2069 has had no backup for 9 days.");
    Map<String, String> latin = Map.of("name", "Laptop 7", "days", "9");
    assertThat(NoticeMessages.sentence(NoticeKind.BACKUP_MISSED, latin, "en", TOKYO))
        .isEqualTo("The device Laptop 7 has had no backup for 9 days.");
  }

  /** Every kind that repeats a name, as a mail of each language. */
  @ParameterizedTest
  @EnumSource(NoticeKind.class)
  void no_name_ends_a_line_or_begins_an_element(NoticeKind kind) {
    for (String language : List.of("en", "ja")) {
      List<String> facts =
          FACT.matcher(NoticeMessages.text(kind.code(), language))
              .results()
              .map(fact -> fact.group(1))
              .distinct()
              .toList();
      MailText usual = mail(kind, language, facts, "7");
      for (String name : HOSTILE) {
        MailText mail = mail(kind, language, facts, name);
        assertThat(mail.subject()).doesNotContainPattern(COMMANDS);
        assertThat(mail.text().replace("\n", "")).doesNotContainPattern(COMMANDS);
        assertThat(mail.text().lines()).hasSameSizeAs(usual.text().lines().toList());
        assertThat(mail.subject().chars().filter(c -> c == '\u2068').count())
            .as(mail.subject())
            .isEqualTo(mail.subject().chars().filter(c -> c == '\u2069').count());
        assertThat(elements(mail.html())).isEqualTo(elements(usual.html()));
      }
    }
  }

  private static MailText mail(NoticeKind kind, String language, List<String> facts, String value) {
    Map<String, String> detail =
        facts.stream().collect(Collectors.toMap(Function.identity(), _ -> value));
    DeliveryDestination to = new DeliveryDestination(NoticeChannel.MAIL, "a@example.com", language);
    OutgoingMessage.Content content =
        new OutgoingMessage.Content(7, kind, Instant.EPOCH, 3L, value, detail);
    return MailText.of(
        new OutgoingMessage("p", to, TOKYO, List.of(content), 0), "https://portal.example/");
  }

  private static List<String> elements(String html) {
    return ELEMENT.matcher(html).results().map(MatchResult::group).toList();
  }

  @Test
  void a_fact_that_is_missing_leaves_a_dash_and_a_long_one_is_cut() {
    assertThat(NoticeMessages.sentence(NoticeKind.DEVICE_ENROLLED, Map.of(), "en", TOKYO))
        .contains(": –.");
    Map<String, String> longName = Map.of("name", "x".repeat(500));
    assertThat(NoticeMessages.sentence(NoticeKind.DEVICE_ENROLLED, longName, "ja", TOKYO))
        .contains("x…")
        .hasSizeLessThan(300);
  }

  @Test
  void a_zone_has_the_same_letters_in_each_language_in_summer_too() {
    ZoneId denver = ZoneId.of("America/Denver");
    Instant january = Instant.parse("2026-01-15T19:00:00Z");
    Instant july = Instant.parse("2026-07-15T18:00:00Z");
    assertThat(NoticeMessages.time(january, "en", denver)).isEqualTo("15 Jan 2026 12:00 MST");
    assertThat(NoticeMessages.time(january, "ja", denver)).isEqualTo("2026年1月15日 12:00 MST");
    assertThat(NoticeMessages.time(july, "en", denver)).isEqualTo("15 Jul 2026 12:00 MDT");
    assertThat(NoticeMessages.time(july, "ja", denver)).isEqualTo("2026年7月15日 12:00 MDT");
  }

  @Test
  void people_read_times_sizes_and_counts_and_no_raw_ones() {
    Map<String, String> kept = Map.of("deletedAfter", "2026-01-31T15:00:00Z");
    assertThat(NoticeMessages.sentence(NoticeKind.LEAVER_KEPT, kept, "en", TOKYO))
        .contains("until 1 Feb 2026 00:00 JST.");
    assertThat(NoticeMessages.sentence(NoticeKind.LEAVER_KEPT, kept, "ja", TOKYO))
        .contains("2026年2月1日 00:00 JST まで");
    assertThat(NoticeMessages.parts(NoticeKind.LEAVER_KEPT, kept, "en"))
        .extracting(NoticeMessages.Part::time)
        .containsExactly(null, Instant.parse("2026-01-31T15:00:00Z"), null);
    Map<String, String> quota = Map.of("usedBytes", "1610612736", "allowedBytes", "2147483648");
    assertThat(NoticeMessages.sentence(NoticeKind.QUOTA_NEAR, quota, "en", TOKYO))
        .contains("1.5 GiB of 2.0 GiB are used");
    Map<String, String> clock = Map.of("movedSeconds", "172800");
    assertThat(NoticeMessages.sentence(NoticeKind.HOUSEKEEPING_CLOCK, clock, "en", TOKYO))
        .contains("by 48 h,");
    assertThat(
            NoticeMessages.sentence(
                NoticeKind.HOUSEKEEPING_CLOCK, Map.of("movedSeconds", "-120"), "ja", TOKYO))
        .contains("-2 分ずれたか");
    for (Map.Entry<String, String> moved :
        Map.of("3599", "by 59 min,", "3600", "by 1 h,", "-7200", "by -2 h,").entrySet()) {
      assertThat(
              NoticeMessages.sentence(
                  NoticeKind.HOUSEKEEPING_CLOCK,
                  Map.of("movedSeconds", moved.getKey()),
                  "en",
                  TOKYO))
          .contains(moved.getValue());
    }
    Map<String, String> rot = Map.of("objects", "12345");
    assertThat(NoticeMessages.sentence(NoticeKind.OBJECT_ROTTEN, rot, "en", TOKYO))
        .contains("12,345 objects");
    Map<String, String> gate = Map.of("campaign", "1234", "failing", "3", "observed", "x");
    assertThat(NoticeMessages.sentence(NoticeKind.CAMPAIGN_HALTED, gate, "en", TOKYO))
        .contains("campaign 1234: 3 of x");
    assertThat(
            NoticeMessages.sentence(
                NoticeKind.LEAVER_KEPT, Map.of("deletedAfter", "soon"), "en", TOKYO))
        .contains("until soon.");
  }
}
