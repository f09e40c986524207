package org.hikae.notice.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** What another server said is shown as one short line, without what it was told in secret. */
class ServerAnswerTest {

  @Test
  void it_is_one_line() {
    assertThat(ServerAnswer.of("535 5.7.8  no\r\n\tway\u202e\u0000 ", ""))
        .isEqualTo("535 5.7.8 no way");
    assertThat(ServerAnswer.of(null)).isNull();
    assertThat(ServerAnswer.of(" \r\n")).isNull();
  }

  @Test
  void it_is_short_and_cuts_no_character() {
    String shown = ServerAnswer.of("𠮷".repeat(400));
    assertThat(shown).isEqualTo("𠮷".repeat(ServerAnswer.MAX_CHARS));
  }

  @Test
  void a_server_that_repeats_the_password_does_not_have_it_shown() {
    String coded = Base64.getEncoder().encodeToString("geheim".getBytes(StandardCharsets.UTF_8));
    assertThat(ServerAnswer.of("no geheim, no " + coded, "geheim")).isEqualTo("no …, no …");
  }

  @Test
  void of_a_login_that_failed_only_the_codes_are_shown() {
    assertThat(ServerAnswer.codes("535 5.7.8 no AGxvZ2luAGdlaGVpbQ==")).isEqualTo("535 5.7.8");
    assertThat(ServerAnswer.codes("535-5.7.8 no\r\n535 5.7.8 way")).isEqualTo("535-5.7.8");
    assertThat(ServerAnswer.codes("535 geheim")).isEqualTo("535");
    assertThat(ServerAnswer.codes("535 5.7.8.geheim")).isEqualTo("535");
    assertThat(ServerAnswer.codes("geheim 535")).isNull();
    assertThat(ServerAnswer.codes(null)).isNull();
  }
}
