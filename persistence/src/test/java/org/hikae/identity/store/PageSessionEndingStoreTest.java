package org.hikae.identity.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which sessions have ended, on both databases. */
class PageSessionEndingStoreTest extends OnBothDatabases {

  private static final Instant NOW = EmployeeFixture.START;
  private static final Duration KEPT = Duration.ofDays(30);

  @ParameterizedTest
  @MethodSource("databases")
  void what_has_ended_is_known_until_it_is_old(TestDatabase database) {
    Instant later = NOW.plus(KEPT);
    assertThat(add(database, "first", NOW)).isTrue();
    assertThat(add(database, "first", later)).isFalse();
    assertThat(contains(database, "first")).isTrue();
    assertThat(contains(database, "other")).isFalse();

    assertThat(add(database, "second", later.plusSeconds(1))).isTrue();

    assertThat(contains(database, "first")).isFalse();
    assertThat(contains(database, "second")).isTrue();
  }

  private static boolean add(TestDatabase database, String session, Instant now) {
    return database.<Boolean>inTransaction(
        em -> new PageSessionEndingStore(em).add(session, now, now.minus(KEPT)));
  }

  private static boolean contains(TestDatabase database, String session) {
    return database.<Boolean>inTransaction(em -> new PageSessionEndingStore(em).contains(session));
  }
}
