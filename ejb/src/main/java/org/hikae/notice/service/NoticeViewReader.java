package org.hikae.notice.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.notice.control.NoticeFactsCodec;
import org.hikae.notice.entity.Notice;
import org.hikae.notice.entity.NoticeDelivery;
import org.hikae.notice.store.NoticeDeliveryStore;
import org.hikae.notice.store.NoticeStore;
import org.hikae.notice.value.DeliveryDestination;
import org.hikae.notice.view.NoticeCriteria;
import org.hikae.notice.view.NoticePage;
import org.hikae.notice.view.NoticeView;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.Refusal;

/** Reads notices with their deliveries for several use cases; works in their transactions. */
@ApplicationScoped
public class NoticeViewReader {

  @Inject private NoticeStore notices;
  @Inject private NoticeDeliveryStore deliveries;

  public NoticePage page(NoticeStore.Filter filter, int limit) {
    List<NoticeView> views = views(notices.newest(filter, limit + 1));
    boolean more = views.size() > limit;
    List<NoticeView> page = more ? views.subList(0, limit) : views;
    return new NoticePage(List.copyOf(page), more ? (Long) page.getLast().noticeId() : null);
  }

  public List<NoticeView> views(List<Notice> found) {
    if (found.isEmpty()) {
      return List.of();
    }
    Map<Long, List<NoticeDelivery>> messages =
        deliveries.of(found.stream().map(Notice::noticeId).toList()).stream()
            .collect(Collectors.groupingBy(NoticeDelivery::noticeId));
    return found.stream()
        .map(notice -> view(notice, messages.getOrDefault(notice.noticeId(), List.of())))
        .toList();
  }

  static NoticeView view(Notice notice, List<NoticeDelivery> deliveries) {
    return new NoticeView(
        notice.noticeId(),
        notice.kindCode(),
        notice.kind().map(NoticeKind::severity).orElse(NoticeKind.Severity.INFO),
        notice.createdAt(),
        notice.employeeId(),
        NoticeFactsCodec.parse(notice.detail()),
        notice.acknowledgedAt(),
        notice.acknowledgedBy(),
        deliveries.stream().map(NoticeViewReader::delivery).toList());
  }

  private static NoticeView.Delivery delivery(NoticeDelivery delivery) {
    DeliveryDestination to = delivery.destination();
    return new NoticeView.Delivery(
        to.channel(),
        to.address(),
        delivery.state(),
        delivery.attempts(),
        delivery.settledAt() == null ? delivery.dueAt() : null,
        delivery.trouble(),
        delivery.settledAt());
  }

  /** The kinds that a query is about; empty for all. */
  public static List<NoticeKind> kinds(NoticeCriteria query) {
    NoticeKind.Severity severity = query.severity();
    String kind = query.kind();
    if (severity == null && kind == null) {
      return List.of();
    }
    List<NoticeKind> wanted =
        Arrays.stream(NoticeKind.values())
            .filter(known -> severity == null || known.severity() == severity)
            .filter(known -> kind == null || known.code().equals(kind))
            .toList();
    if (wanted.isEmpty()) {
      throw Refusal.malformed(NoticeCriteria.NO_KIND);
    }
    return wanted;
  }
}
