package org.hikae.device.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The edges of what is answered; whom it shuts out is in {@link WindowServerTest}. */
class WindowRequestCheckTest {

  private static final WindowAddress ADDRESS = new WindowAddress("name.localhost", 4711);
  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

  private final AtomicLong nanos = new AtomicLong(-5);
  private final WindowSession session =
      new WindowSession(new SecureRandom(), nanos::get, TWO_MINUTES);
  private final WindowRequestCheck check =
      new WindowRequestCheck(ADDRESS, session, WindowLimits.STANDARD);

  private static Map<String, List<String>> fields(String length) {
    Map<String, List<String>> fields = new HashMap<>();
    fields.put("host", List.of("name.localhost:4711"));
    fields.put("origin", List.of(ADDRESS.origin()));
    fields.put("sec-fetch-site", List.of("same-origin"));
    fields.put("content-type", List.of("application/json"));
    fields.put("content-length", List.of(length));
    return fields;
  }

  private int status(String method, String target, Map<String, List<String>> fields) {
    return check.refusal(new WindowRequestHead(method, target, fields)).orElse(200);
  }

  @ParameterizedTest
  @CsvSource({
    "0,200",
    "65536,200",
    "65537,413",
    "999999999,413",
    "1000000000,411",
    "9999999999,411",
    "'',411",
    "/,411",
    ":,411",
    "+5,411",
    "1 0,411",
    "0x10,411",
  })
  void a_length_is_of_digits_and_within_the_limit(String length, int status) {
    assertThat(status("POST", "/api/start", fields(length))).isEqualTo(status);
  }

  @Test
  void a_file_is_not_for_frames_and_not_for_other_pages_where_the_browser_says_so() {
    Map<String, List<String>> own = Map.of("host", List.of("name.localhost:4711"));
    assertThat(status("GET", "/", own)).isEqualTo(200);
    assertThat(status("GET", "/window.js", own)).isEqualTo(200);
    Map<String, List<String>> other = new HashMap<>(own);
    other.put("sec-fetch-site", List.of("cross-site"));
    other.put("sec-fetch-dest", List.of("document"));
    assertThat(status("GET", "/", other)).as("opened from the file with the link").isEqualTo(200);
    assertThat(status("GET", "/window.js", other)).isEqualTo(403);
    other.put("sec-fetch-dest", List.of("document", "document"));
    assertThat(status("GET", "/", other)).as("who says it twice").isEqualTo(403);
  }

  @Test
  void a_token_is_given_once_for_the_link_until_it_expires_and_counts_from_then_on() {
    Map<String, List<String>> fields = fields("2");
    assertThat(session.isOver()).isFalse();
    assertThat(session.nanosOfWaiting()).isEqualTo(TWO_MINUTES.toNanos());
    nanos.addAndGet(TWO_MINUTES.toNanos() - 1);
    assertThat(session.nanosOfWaiting()).isEqualTo(1);
    String token = session.exchange(session.link()).orElseThrow();
    assertThat(session.nanosOfWaiting()).isEqualTo(Long.MAX_VALUE);
    assertThat(status("POST", "/api/verdict", fields)).isEqualTo(401);
    fields.put("hikae-token", List.of(session.link()));
    assertThat(status("POST", "/api/verdict", fields)).as("the link is no token").isEqualTo(401);
    fields.put("hikae-token", List.of(token));
    assertThat(status("POST", "/api/verdict", fields)).isEqualTo(200);
    nanos.addAndGet(TWO_MINUTES.toNanos());
    assertThat(session.isOver()).as("a page has it").isFalse();
    assertThat(session.exchange(session.link())).as("a second time").isEmpty();
    assertThat(session.isOver()).isTrue();
    assertThat(status("POST", "/api/verdict", fields)).isEqualTo(401);
  }

  @Test
  void a_link_that_nobody_showed_in_time_opens_nothing() {
    nanos.addAndGet(TWO_MINUTES.toNanos());
    assertThat(session.exchange(session.link())).isEmpty();
    assertThat(session.isOver()).isTrue();
    assertThat(session.authorises("")).isFalse();
  }

  @Test
  void what_is_asked_of_the_page_is_behind_one_folder() {
    WindowRequestHead asked = new WindowRequestHead("POST", "/api/verdict", Map.of());
    assertThat(asked.operation()).contains("verdict");
    assertThat(new WindowRequestHead("GET", "/api", Map.of()).operation()).isEmpty();
    assertThat(new WindowRequestHead("GET", "/x/api/verdict", Map.of()).operation()).isEmpty();
    Map<String, List<String>> own = Map.of("host", List.of("name.localhost:4711"));
    assertThat(check.refusal(new WindowRequestHead("GET", "/api/verdict", own)))
        .isEqualTo(OptionalInt.of(405));
    assertThat(check.refusal(new WindowRequestHead("POST", "/window.js", own)))
        .isEqualTo(OptionalInt.of(405));
    assertThat(asked.field("Host")).isEqualTo(Optional.empty());
  }
}
