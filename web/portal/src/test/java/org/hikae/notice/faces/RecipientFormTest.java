package org.hikae.notice.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.value.RecipientAudience;
import org.hikae.notice.view.PutRecipient;
import org.hikae.problem.control.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a filled in recipient asks for. */
class RecipientFormTest {

  private static final PutRecipient STANDS =
      new PutRecipient(
          "Sales",
          RecipientAudience.GROUP,
          "/sales",
          NoticeChannel.MAIL,
          List.of("it@corp.example"),
          "ja",
          List.of(),
          "Asia/Tokyo",
          "22:00",
          "07:00",
          null,
          Instant.parse("2026-12-01T08:00:00Z"));

  @Test
  void what_stands_is_shown_and_put_as_it_is() {
    RecipientForm form = RecipientForm.of(STANDS);
    assertThat(form.getAudience()).isEqualTo("GROUP");
    assertThat(form.getChannel()).isEqualTo("MAIL");
    assertThat(form.getMutedUntil()).isEqualTo("2026-12-01T17:00");
    assertThat(form.put()).isEqualTo(STANDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tomorrow", "2026-12-01", "1969-12-30T00:00", "+10000-01-02T00:00"})
  void another_time_is_refused_as_over_rest(String typed) {
    RecipientForm form = RecipientForm.of(STANDS);
    form.setMutedUntil(typed);
    assertRefused(
        form, "mutedUntil must be a time such as 2026-11-26T15:00:00Z, from 1970 to 9999.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PIGEON", "mail"})
  void a_choice_that_there_is_not_is_refused_as_over_rest(String word) {
    RecipientForm form = RecipientForm.of(STANDS);
    form.setChannel(word);
    assertRefused(form, "channel must be one of MAIL, WEBHOOK.");
    form.setAudience(word);
    assertRefused(form, "audience must be one of ROLE, GROUP, EMPLOYEE.");
  }

  private static void assertRefused(RecipientForm form, String sentence) {
    assertThatThrownBy(form::put)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(sentence));
  }
}
