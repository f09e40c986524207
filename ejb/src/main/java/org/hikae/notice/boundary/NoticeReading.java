package org.hikae.notice.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.notice.entity.Notice;
import org.hikae.notice.entity.NoticeDeliveries;
import org.hikae.notice.entity.NoticeDelivery;
import org.hikae.notice.entity.Notices;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.boundary.Refusal;

/** Reads notices with their deliveries for several use cases; works in their transactions. */
@ApplicationScoped
class NoticeReading {

  @Inject private Notices notices;
  @Inject private NoticeDeliveries deliveries;

  NoticePage page(Notices.Filter filter, int limit) {
    List<NoticeView> views = views(notices.newest(filter, limit + 1));
    boolean more = views.size() > limit;
    List<NoticeView> page = more ? views.subList(0, limit) : views;
    return new NoticePage(List.copyOf(page), more ? (Long) page.getLast().noticeId() : null);
  }

  List<NoticeView> views(List<Notice> found) {
    if (found.isEmpty()) {
      return List.of();
    }
    Map<Long, List<NoticeDelivery>> messages =
        deliveries.of(found.stream().map(Notice::noticeId).toList()).stream()
            .collect(Collectors.groupingBy(NoticeDelivery::noticeId));
    return found.stream()
        .map(notice -> NoticeView.of(notice, messages.getOrDefault(notice.noticeId(), List.of())))
        .toList();
  }

  /** The kinds that a query is about; empty for all. */
  static List<NoticeKind> kinds(NoticeQuery query) {
    String severity = query.severity();
    String kind = query.kind();
    if (severity == null && kind == null) {
      return List.of();
    }
    List<NoticeKind> wanted =
        Arrays.stream(NoticeKind.values())
            .filter(known -> severity == null || known.severity().name().equals(severity))
            .filter(known -> kind == null || known.code().equals(kind))
            .toList();
    if (wanted.isEmpty()) {
      throw Refusal.malformed("severity and kind must name a severity, a kind, or both alike.");
    }
    return wanted;
  }
}
