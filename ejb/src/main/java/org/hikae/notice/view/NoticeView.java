package org.hikae.notice.view;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hikae.notice.control.NoticeActionRules;
import org.hikae.notice.control.NoticeMessages;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.notice.value.DeliveryState;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.wire.NoticeKind;
import org.jspecify.annotations.Nullable;

/**
 * Something that people are told about.
 *
 * @param noticeId its number
 * @param kind what happened
 * @param severity INFO, WARNING or CRITICAL; INFO for a kind of another release
 * @param happenedAt when
 * @param employeeId whom it concerns; absent for none
 * @param detail facts
 * @param acknowledgedAt when somebody said that they had seen it
 * @param acknowledgedBy their {@code sub}; {@code system} when it was over by itself
 * @param deliveries its messages; none while it waits for them
 */
public record NoticeView(
    long noticeId,
    String kind,
    NoticeKind.Severity severity,
    Instant happenedAt,
    @Nullable Long employeeId,
    Map<String, String> detail,
    @Nullable Instant acknowledgedAt,
    @Nullable String acknowledgedBy,
    List<Delivery> deliveries)
    implements Serializable {

  /**
   * One message.
   *
   * @param channel MAIL or WEBHOOK
   * @param address where it goes
   * @param state WAITING, SENT or FAILED
   * @param attempts attempts since it began to wait
   * @param dueAt when it may be sent; absent once it was or was given up
   * @param trouble why the last attempt failed
   * @param settledAt when it was sent or given up
   */
  public record Delivery(
      NoticeChannel channel,
      String address,
      DeliveryState state,
      int attempts,
      @Nullable Instant dueAt,
      @Nullable DeliveryFailure trouble,
      @Nullable Instant settledAt)
      implements Serializable {}

  /** Whether an administrator is offered to do this now. */
  public boolean may(NoticeAction action) {
    return NoticeActionRules.actions(this).contains(action);
  }

  /** What happened in one sentence of {@code en} or {@code ja}, in pieces. */
  public List<NoticeMessages.Part> parts(String language) {
    return NoticeKind.named(kind)
        .map(known -> NoticeMessages.parts(known, detail, language))
        .orElseGet(() -> List.of(new NoticeMessages.Part(kind, null)));
  }

  /** The same for those who run the backup. */
  public List<NoticeMessages.Part> staffParts(String language) {
    return NoticeKind.named(kind)
        .map(known -> NoticeMessages.staffParts(known, detail, language))
        .orElseGet(() -> List.of(new NoticeMessages.Part(kind, null)));
  }
}
