package org.hikae.notice.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.wire.RealmNames;
import org.hikae.notice.entity.Notice;
import org.hikae.notice.service.NoticeTransports;
import org.hikae.notice.service.NoticeViewReader;
import org.hikae.notice.store.NoticeDeliveryStore;
import org.hikae.notice.store.NoticeStore;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.value.NoticeId;
import org.hikae.notice.view.NoticeChannelView;
import org.hikae.notice.view.NoticeCriteria;
import org.hikae.notice.view.NoticePage;
import org.hikae.notice.view.NoticeView;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.schema.value.RowId;

/** Administrators and auditors see the outbox; administrators acknowledge, and send again. */
@Stateless
@RolesAllowed(RealmNames.BACKUP_ADMIN)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class NoticeCommands {

  /** Most notices of a page. */
  public static final int MAX_PAGE = 200;

  @Inject private NoticeStore notices;
  @Inject private NoticeDeliveryStore deliveries;
  @Inject private NoticeViewReader noticeViews;
  @Inject private NoticeTransports transports;
  @Inject private CurrentCaller currentCaller;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /** Notices, newest first. */
  @RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
  public NoticePage page(NoticeCriteria query, PageRequest asked) {
    int limit = asked.within(MAX_PAGE);
    return noticeViews.page(
        new NoticeStore.Filter(
            RowId.before(query.before()), null, query.open(), NoticeViewReader.kinds(query)),
        limit);
  }

  /** How the ways out stand. */
  @RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
  public List<NoticeChannelView> channels() {
    return Arrays.stream(NoticeChannel.values())
        .map(
            channel ->
                view(channel, transports.of(channel).isConfigured(), deliveries.figures(channel)))
        .toList();
  }

  private static NoticeChannelView view(
      NoticeChannel channel, boolean configured, NoticeDeliveryStore.Figures figures) {
    return new NoticeChannelView(
        channel,
        configured,
        figures.waiting(),
        figures.troubled(),
        figures.failed(),
        figures.dueSince());
  }

  /** The caller has seen it. Doing it twice is success; who was first stays. */
  public NoticeView acknowledge(NoticeId noticeId) {
    Notice notice = notices.lock(noticeId.value()).orElseThrow(Refusal::notFound);
    if (notice.acknowledgedAt() == null) {
      notice.acknowledge(currentCaller.caller().subject(), clock.instant());
      trail.record(
          "notice.acknowledge", object(noticeId.value()), Map.of("kind", notice.kindCode()));
    }
    return view(notice);
  }

  /** Sends what was given up, or waits, again now; refused when there is nothing of the kind. */
  public NoticeView retry(NoticeId noticeId) {
    Notice notice = notices.lock(noticeId.value()).orElseThrow(Refusal::notFound);
    Instant now = clock.instant();
    long again =
        deliveries.idsOf(noticeId.value()).stream()
            .flatMap(id -> deliveries.lock(id).stream())
            .filter(delivery -> delivery.retry(now))
            .count();
    if (again == 0) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    trail.record(
        "notice.retry", object(noticeId.value()), Map.of("deliveries", Long.toString(again)));
    return view(notice);
  }

  private NoticeView view(Notice notice) {
    return noticeViews.views(List.of(notice)).getFirst();
  }

  private static String object(long noticeId) {
    return "notice:" + noticeId;
  }
}
