package org.hikae.notice.control;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.hikae.notice.value.DeliveryDestination;
import org.hikae.notice.wire.NoticeKind;
import org.jspecify.annotations.Nullable;

/**
 * One message: a notice, or several of one digest.
 *
 * @param id the same at each attempt, so that the other side can tell a repeat
 * @param to where it goes
 * @param zone in which people there read times
 * @param contents what it tells; at least one
 * @param left how many more of the same digest go with another message
 */
public record OutgoingMessage(
    String id, DeliveryDestination to, ZoneId zone, List<Content> contents, long left) {

  /**
   * A notice.
   *
   * @param noticeId its number
   * @param kind what happened
   * @param happenedAt when
   * @param employeeId whom it concerns; null for none
   * @param employeeName what the directory calls them; null for none, or when it knows no name
   * @param detail facts
   */
  public record Content(
      long noticeId,
      NoticeKind kind,
      Instant happenedAt,
      @Nullable Long employeeId,
      @Nullable String employeeName,
      Map<String, String> detail) {}
}
