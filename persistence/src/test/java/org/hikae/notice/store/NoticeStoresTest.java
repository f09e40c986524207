package org.hikae.notice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.hikae.identity.entity.Employee;
import org.hikae.notice.entity.Notice;
import org.hikae.notice.entity.NoticeDelivery;
import org.hikae.notice.value.DeliveryDestination;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked of notices and their messages. */
class NoticeStoresTest extends OnBothDatabases {

  private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

  @ParameterizedTest
  @MethodSource("databases")
  void a_mailbox_that_is_refused_does_not_make_the_channel_unreached(TestDatabase database) {
    database.<Boolean>inTransaction(
        em -> {
          NoticeDeliveryStore store = new NoticeDeliveryStore(em);
          Notice notice = new Notice(NOW, null, NoticeKind.CHANNEL_TEST, "{}", null);
          new NoticeStore(em).add(notice);
          em.flush();
          NoticeDelivery delivery =
              new NoticeDelivery(
                  notice,
                  1,
                  new DeliveryDestination(NoticeChannel.MAIL, "gone@example.com", "en"),
                  false,
                  NOW);
          store.add(delivery);
          NoticeDeliveryStore.Figures before = store.figures(NoticeChannel.MAIL);
          delivery.failed(DeliveryFailure.REFUSED, NOW);
          NoticeDeliveryStore.Figures refused = store.figures(NoticeChannel.MAIL);
          assertThat(refused.troubled()).isEqualTo(before.troubled() + 1);
          assertThat(refused.unreached()).isEqualTo(before.unreached());
          delivery.failed(DeliveryFailure.SILENT, NOW);
          assertThat(store.figures(NoticeChannel.MAIL).unreached())
              .isEqualTo(before.unreached() + 1);
          delivery.sent(NOW);
          assertThat(store.figures(NoticeChannel.MAIL))
              .isEqualTo(
                  new NoticeDeliveryStore.Figures(
                      before.waiting() - 1,
                      before.failed(),
                      before.troubled(),
                      before.unreached(),
                      store.figures(NoticeChannel.MAIL).dueSince()));
          return true;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void an_employee_was_told_since_whatever_the_day_is(TestDatabase database) {
    database.<Boolean>inTransaction(
        em -> {
          NoticeStore store = new NoticeStore(em);
          Employee who = new Employee("https://sso.example.com", "told-since", NOW);
          em.persist(who);
          em.flush();
          long id = who.employeeId();
          store.add(new Notice(NOW, id, NoticeKind.NUDGE_BACKUP, "{}", null));
          Set<NoticeKind> kinds = Set.of(NoticeKind.NUDGE_OPT_IN, NoticeKind.NUDGE_BACKUP);
          Instant before = NOW.minus(Duration.ofSeconds(1));
          List<Long> both = List.of(id, id + 1);
          assertThat(store.toldSince(both, kinds, before)).containsExactly(id);
          assertThat(store.toldSince(both, kinds, NOW)).isEmpty();
          assertThat(store.toldSince(both, Set.of(NoticeKind.NUDGE_OPT_IN), before)).isEmpty();
          assertThat(store.toldSince(List.of(id + 1), kinds, before)).isEmpty();
          return true;
        });
  }
}
