package org.hikae.notice.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hikae.notice.entity.Notice;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Up to where each person has read, which administrators were there, and which notices are open.
 */
class NoticeReadingStoreTest extends OnBothDatabases {

  private static final Instant NOW = EmployeeFixture.START;
  private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));

  @ParameterizedTest
  @MethodSource("databases")
  void each_person_reads_for_themselves(TestDatabase database) {
    database.<Boolean>inTransaction(
        em -> {
          NoticeReadingStore store = new NoticeReadingStore(em);
          store.note("realm", "ann", true, NOW);
          store.note("realm", "bob", true, NOW);
          store.read("realm", "ann", 7);
          assertThat(store.readUpTo("realm", "ann")).isEqualTo(7);
          assertThat(store.readUpTo("realm", "bob")).isZero();
          assertThat(store.readUpTo("other", "ann")).isZero();
          store.note("realm", "ann", true, NOW);
          assertThat(store.readUpTo("realm", "ann")).isEqualTo(7);
          return true;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void who_was_there_lately_as_an_administrator_counts_as_one(TestDatabase database) {
    database.<Boolean>inTransaction(
        em -> {
          NoticeReadingStore store = new NoticeReadingStore(em);
          store.forgetBefore(Instant.parse("9999-01-01T00:00:00Z"));
          store.note("realm", "carl", true, YESTERDAY);
          store.note("realm", "dora", false, NOW);
          assertThat(store.administratorsSince(YESTERDAY)).isEqualTo(1);
          assertThat(store.administratorsSince(NOW)).isZero();
          assertThat(store.isNoted("realm", "carl", true, YESTERDAY)).isTrue();
          assertThat(store.isNoted("realm", "carl", true, NOW)).isFalse();
          assertThat(store.isNoted("realm", "carl", false, YESTERDAY)).isFalse();
          assertThat(store.isNoted("realm", "emil", true, YESTERDAY)).isFalse();
          store.note("realm", "dora", true, NOW);
          assertThat(store.administratorsSince(YESTERDAY)).isEqualTo(2);
          store.forgetBefore(NOW);
          assertThat(store.administratorsSince(YESTERDAY)).isEqualTo(1);
          return true;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void open_notices_of_some_kinds_are_named_newest_first(TestDatabase database) {
    database.<Boolean>inTransaction(
        em -> {
          NoticeStore store = new NoticeStore(em);
          long first = notice(em, NoticeKind.CAMPAIGN_HALTED);
          long other = notice(em, NoticeKind.SET_ACTIVE);
          long second = notice(em, NoticeKind.CAMPAIGN_HALTED);
          long done = notice(em, NoticeKind.CAMPAIGN_HALTED);
          em.find(Notice.class, done).acknowledge("ann", NOW);
          em.flush();
          List<NoticeKind> kinds = List.of(NoticeKind.CAMPAIGN_HALTED);
          assertThat(store.openAfter(0, kinds, 100))
              .startsWith(second, first)
              .doesNotContain(other, done);
          assertThat(store.openAfter(0, kinds, 1)).containsExactly(second);
          assertThat(store.openAfter(first, kinds, 100)).containsExactly(second);
          assertThat(store.newestId()).isEqualTo(done);
          return true;
        });
  }

  private static long notice(EntityManager em, NoticeKind kind) {
    Notice notice = new Notice(NOW, null, kind, "{}", null);
    new NoticeStore(em).add(notice);
    em.flush();
    return notice.noticeId();
  }
}
