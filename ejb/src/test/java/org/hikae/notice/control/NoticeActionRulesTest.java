package org.hikae.notice.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.notice.value.DeliveryState;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.view.NoticeAction;
import org.hikae.notice.view.NoticeView;
import org.hikae.notice.wire.NoticeKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NoticeActionRulesTest {

  private static final Instant SEEN = Instant.EPOCH;

  @Test
  void it_is_acknowledged_once() {
    assertThat(NoticeActionRules.actions(notice(null))).containsExactly(NoticeAction.ACKNOWLEDGE);
    assertThat(NoticeActionRules.actions(notice(SEEN))).isEmpty();
  }

  @Test
  void what_was_given_up_or_failed_before_is_sent_again() {
    assertThat(retry(DeliveryState.FAILED, DeliveryFailure.UNREACHABLE)).isTrue();
    assertThat(retry(DeliveryState.WAITING, DeliveryFailure.UNREACHABLE)).isTrue();
  }

  @Test
  void what_was_sent_or_not_tried_yet_is_not() {
    assertThat(retry(DeliveryState.SENT, null)).isFalse();
    assertThat(retry(DeliveryState.WAITING, null)).isFalse();
  }

  @Test
  void one_message_of_several_is_enough() {
    NoticeView.Delivery sent = delivery(DeliveryState.SENT, null);
    NoticeView.Delivery failed = delivery(DeliveryState.FAILED, null);
    assertThat(notice(SEEN, sent, failed).may(NoticeAction.RETRY)).isTrue();
  }

  private static boolean retry(DeliveryState state, @Nullable DeliveryFailure trouble) {
    return notice(SEEN, delivery(state, trouble)).may(NoticeAction.RETRY);
  }

  private static NoticeView.Delivery delivery(
      DeliveryState state, @Nullable DeliveryFailure trouble) {
    return new NoticeView.Delivery(
        NoticeChannel.MAIL, "eva@example.org", state, 1, null, trouble, null);
  }

  private static NoticeView notice(
      @Nullable Instant acknowledgedAt, NoticeView.Delivery... deliveries) {
    return new NoticeView(
        1,
        "kind",
        NoticeKind.Severity.INFO,
        Instant.EPOCH,
        null,
        Map.of(),
        acknowledgedAt,
        null,
        List.of(deliveries));
  }
}
