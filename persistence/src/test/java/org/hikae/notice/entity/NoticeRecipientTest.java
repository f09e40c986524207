package org.hikae.notice.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.value.RecipientAudience;
import org.hikae.notice.value.RecipientDestination;
import org.hikae.notice.value.RecipientInterest;
import org.hikae.notice.value.RecipientSchedule;
import org.hikae.notice.wire.NoticeKind;
import org.junit.jupiter.api.Test;

/** Of what a recipient hears. */
class NoticeRecipientTest {

  private static List<NoticeKind> heard(NoticeKind... asked) {
    NoticeRecipient recipient = new NoticeRecipient();
    recipient.describe(
        "IT",
        new RecipientInterest(RecipientAudience.EMPLOYEE, null),
        new RecipientDestination(NoticeChannel.MAIL, List.of(), "en"),
        List.of(asked),
        new RecipientSchedule(ZoneOffset.UTC, null, null, null, null));
    return Arrays.stream(NoticeKind.values()).filter(recipient::wants).toList();
  }

  @Test
  void who_names_kinds_hears_of_these_alone() {
    assertThat(heard(NoticeKind.OBJECT_ROTTEN, NoticeKind.APPROVAL_REJECTED))
        .containsExactlyInAnyOrder(NoticeKind.OBJECT_ROTTEN, NoticeKind.APPROVAL_REJECTED);
  }

  @Test
  void who_names_none_hears_of_all_that_are_sent_unasked() {
    List<NoticeKind> unasked =
        Arrays.stream(NoticeKind.values()).filter(NoticeKind::isSentUnasked).toList();
    assertThat(unasked).isNotEmpty().hasSizeLessThan(NoticeKind.values().length);
    assertThat(heard()).isEqualTo(unasked);
  }
}
