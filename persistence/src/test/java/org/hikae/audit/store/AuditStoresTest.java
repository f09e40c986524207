package org.hikae.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.audit.entity.AuditEvent;
import org.hikae.audit.entity.AuditLink;
import org.hikae.audit.entity.ChainedEvent;
import org.hikae.audit.entity.UnlinkedAuditEvent;
import org.hikae.audit.store.AuditTrailStore.Names;
import org.hikae.audit.value.AuditContent;
import org.hikae.audit.value.AuditFilter;
import org.hikae.audit.value.AuditKeyset;
import org.hikae.audit.value.AuditSelection;
import org.hikae.audit.wire.AuditRecord;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.testing.EveryThirdRun;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of the trail, on both databases. */
@DisplayName("HK1-A-02: the chain")
@EveryThirdRun
class AuditStoresTest extends OnBothDatabases {

  private static final Instant START = EmployeeFixture.START;
  private static final String SALT = "a".repeat(64);

  private static long add(
      TestDatabase database, String action, int second, @Nullable Names names, long employee) {
    return database.inTransaction(
        em ->
            new AuditTrailStore(em)
                .add(
                    START.plusSeconds(second),
                    new AuditContent("issuer", "actor", action, "object", "{}", employee),
                    names)
                .eventId());
  }

  private static int linkAll(TestDatabase database) {
    int linked = 0;
    int now;
    do {
      now = database.inTransaction(em -> new AuditChainStore(em).link(START));
      linked += now;
    } while (now > 0);
    return linked;
  }

  private static List<ChainedEvent> chained(TestDatabase database, String action) {
    AuditFilter filter = new AuditFilter(null, null, null, null, action, null);
    return database.inTransaction(
        em -> new AuditTrailStore(em).chained(filter, 0, Long.MAX_VALUE, 1000));
  }

  private static boolean isMoreThan(TestDatabase database, int events, AuditFilter filter) {
    return database.inTransaction(em -> new AuditTrailStore(em).isMoreThan(events, filter));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void events_of_many_at_once_get_each_one_place(TestDatabase database) throws Exception {
    int writers = 4;
    int each = 60;
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(writers + 2)) {
      for (int writer = 0; writer < writers; writer++) {
        running.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    add(database, "at-once", i, null, 1);
                  }
                }));
      }
      for (int node = 0; node < 2; node++) {
        running.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    database.inTransaction(em -> new AuditChainStore(em).link(START));
                  }
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    linkAll(database);
    List<ChainedEvent> all = chained(database, "at-once");
    assertThat(all).hasSize(writers * each);
    Set<Long> events = new HashSet<>();
    for (ChainedEvent one : all) {
      AuditLink link = one.link();
      assertThat(link).isNotNull();
      events.add(one.event().eventId());
      String previous = one.previous() == null ? AuditRecord.BEGINNING : one.previous();
      assertThat(one.event().chained().hash(link.seq(), previous)).isEqualTo(link.hash());
    }
    assertThat(events).hasSize(writers * each);
    long end = database.inTransaction(em -> new AuditChainStore(em).head().seq());
    assertThat(database.<Long>inTransaction(em -> new AuditChainStore(em).highest()))
        .isEqualTo(end);
    Optional<Instant> waiting =
        database.inTransaction(em -> new AuditChainStore(em).waitingSince());
    assertThat(waiting).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void pages_by_place_name_every_event_once(TestDatabase database) {
    for (int i = 0; i < 25; i++) {
      add(database, "paged", i / 5, new Names(SALT, "{}"), i % 2);
    }
    AuditFilter filter =
        new AuditFilter(START, START.plusSeconds(4), "actor", 1L, "paged", "object");
    List<Long> seen = new ArrayList<>();
    AuditKeyset place = null;
    while (true) {
      AuditKeyset from = place;
      List<ChainedEvent> page =
          database.inTransaction(em -> new AuditTrailStore(em).newest(filter, from, 3));
      if (page.isEmpty()) {
        break;
      }
      page.forEach(one -> seen.add(one.event().eventId()));
      AuditEvent last = page.getLast().event();
      place = new AuditKeyset(last.happenedAt(), last.eventId());
    }
    assertThat(seen).hasSize(10).doesNotHaveDuplicates();
    linkAll(database);
    AuditTrailStore.Range range =
        database.inTransaction(em -> new AuditTrailStore(em).range(filter)).orElseThrow();
    assertThat(range.first()).isLessThan(range.last());
    assertThat(isMoreThan(database, 9, filter)).isTrue();
    assertThat(isMoreThan(database, 10, filter)).isFalse();
    AuditFilter never = new AuditFilter(null, null, null, null, "never", null);
    Optional<AuditTrailStore.Range> none =
        database.inTransaction(em -> new AuditTrailStore(em).range(never));
    assertThat(none).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void each_word_has_to_be_found_in_one_of_its_meanings(TestDatabase database) {
    long first = add(database, "worded.one", 1, null, 71);
    long second = add(database, "worded.two", 2, null, 72);
    AuditSelection either =
        new AuditSelection(Set.of(), Set.of(72L), Set.of("worded.one"), Set.of("device:none"));
    AuditSelection everybody = new AuditSelection(Set.of("actor"), Set.of(), Set.of(), Set.of());
    AuditSelection thing = new AuditSelection(Set.of(), Set.of(71L), Set.of(), Set.of("nothing"));
    AuditSelection meaningless = new AuditSelection(Set.of(), Set.of(), Set.of(), Set.of());
    assertThat(worded(database, either)).containsExactly(second, first);
    assertThat(worded(database, either, everybody)).containsExactly(second, first);
    assertThat(worded(database, either, thing)).containsExactly(first);
    assertThat(worded(database, everybody, meaningless)).isEmpty();
  }

  private static List<Long> worded(TestDatabase database, AuditSelection... terms) {
    AuditFilter filter =
        new AuditFilter(START, START.plusSeconds(9), null, null, null, null, List.of(terms));
    return database.inTransaction(em -> new AuditTrailStore(em).newest(filter, null, 10)).stream()
        .map(found -> found.event().eventId())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void erased_names_leave_the_hash_that_covers_them(TestDatabase database) {
    add(database, "named", 1, new Names(SALT, "{\"username\":\"ann\"}"), 1);
    linkAll(database);
    String before = chained(database, "named").getFirst().event().chained().personalHash();
    int erased =
        database.inTransaction(em -> new AuditTrailStore(em).eraseNames("issuer", "actor", 1000));
    assertThat(erased).isPositive();
    ChainedEvent after = chained(database, "named").getFirst();
    assertThat(after.personal()).isNull();
    assertThat(after.event().chained().personalHash())
        .isEqualTo(before)
        .isEqualTo(AuditRecord.personalHash(SALT, "{\"username\":\"ann\"}"));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void an_event_that_waits_for_its_place_is_not_lost_however_long_it_waits(TestDatabase database) {
    linkAll(database);
    Instant later = START.plusSeconds(3600);
    long event = add(database, "waits", 1, null, 1);
    assertThat(lost(database, later)).isNull();
    database.inTransaction(em -> em.createQuery("delete from AuditUnlinked u").executeUpdate());
    assertThat(lost(database, later)).isEqualTo(event);
    // Queued again, so that the others find everything in order.
    database.inTransaction(
        em -> {
          em.persist(new UnlinkedAuditEvent(em.find(AuditEvent.class, event)));
          return true;
        });
    linkAll(database);
  }

  private static @Nullable Long lost(TestDatabase database, Instant before) {
    return database
        .<Optional<Long>>inTransaction(
            em -> Optional.ofNullable(new AuditChainStore(em).lost(before)))
        .orElse(null);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void who_has_seen_the_end_sees_that_it_moved(TestDatabase database) {
    linkAll(database);
    add(database, "moves", 1, null, 1);
    long moved =
        database.inTransaction(
            em -> {
              AuditChainStore rows = new AuditChainStore(em);
              long before = rows.head().seq();
              linkAll(database);
              return rows.head().seq() - before;
            });
    assertThat(moved).isEqualTo(1);
  }
}
