package org.hikae.notice.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hikae.notice.entity.Notice;
import org.hikae.notice.store.NoticeStore;
import org.hikae.notice.view.NoticeView;
import org.hikae.notice.wire.NoticeKind;

/**
 * What an employee was told about their own backup. What each use of a password leaves is not among
 * it: the vault's own events say that. Works in the caller's transaction.
 */
@ApplicationScoped
public class EmployeeNoticeReader {

  /** Most notices that are shown. */
  private static final int MAX = 50;

  private static final Set<NoticeKind> EVERYDAY =
      EnumSet.of(NoticeKind.VAULT_EXPOSE, NoticeKind.VAULT_ATTEMPT, NoticeKind.VAULT_ORDER);

  private static final List<NoticeKind> SHOWN =
      Arrays.stream(NoticeKind.values()).filter(kind -> !EVERYDAY.contains(kind)).toList();

  @Inject private NoticeStore notices;

  /** The newest, newest first, without who else was told and who has seen them. */
  public List<NoticeView> newest(long employeeId) {
    return notices.newest(new NoticeStore.Filter(null, employeeId, false, SHOWN), MAX).stream()
        .map(EmployeeNoticeReader::view)
        .toList();
  }

  /** Who is concerned need not know who else heard of it. */
  private static NoticeView view(Notice notice) {
    NoticeView whole = NoticeViewReader.view(notice, List.of());
    return new NoticeView(
        whole.noticeId(),
        whole.kind(),
        whole.severity(),
        whole.happenedAt(),
        whole.employeeId(),
        whole.detail(),
        null,
        null,
        whole.deliveries());
  }
}
