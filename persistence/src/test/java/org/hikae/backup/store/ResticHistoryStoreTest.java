package org.hikae.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.hikae.backup.entity.ResticDailyReleases;
import org.hikae.backup.entity.ResticObject;
import org.hikae.backup.entity.StoredObject;
import org.hikae.backup.wire.ResticType;
import org.hikae.hk1.Hash256;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A repository of restic as it was at a moment (HK1-G-07), on both databases. */
@EveryThirdRun
class ResticHistoryStoreTest extends OnBothDatabases {

  private static final Instant NOW = hour(24);

  private static Instant hour(int hour) {
    return EmployeeFixture.START.plus(Duration.ofHours(hour));
  }

  private static long restic(TestDatabase database, String name) {
    return database
        .inTransaction(em -> EmployeeFixture.restic(em, EmployeeFixture.person(em, name)))
        .id();
  }

  /** An object that came at the first of these hours, was released at the second, and so on. */
  private static ResticObject put(
      EntityManager em, long repository, ResticType type, String seed, int... hours) {
    Hash256 name = Hash256.sha256(seed.getBytes(StandardCharsets.UTF_8));
    StoredObject stored =
        new StoredObjectStore(em).add(new StoredObject(repository, name, seed.length(), hour(0)));
    ResticObjectStore objects = new ResticObjectStore(em);
    ResticObject object = new ResticObject(repository, type, stored.id(), hour(hours[0]));
    objects.add(object);
    for (int i = 1; i < hours.length; i++) {
      if (i % 2 == 1) {
        object.release(hour(hours[i]));
      } else {
        objects.revive(object, hour(hours[i]));
      }
    }
    return object;
  }

  private static int takeBack(EntityManager em, long repository, int hour) {
    ResticHistoryStore history = new ResticHistoryStore(em);
    return history.releaseOthers(repository, hour(hour), NOW)
        + history.revive(repository, hour(hour), NOW);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void restic_has_at_each_hour_what_it_had_then(TestDatabase database) {
    long repository = restic(database, "Hours");
    database.inTransaction(
        em -> {
          put(em, repository, ResticType.DATA, "always", 1);
          put(em, repository, ResticType.DATA, "to and fro", 2, 4, 6, 8, 10);
          put(em, repository, ResticType.DATA, "gone", 3, 5);
          put(em, repository, ResticType.LOCKS, "lock", 1);
          return null;
        });
    // How many restic had at the hours 0 to 11.
    int[] expected = {0, 1, 2, 3, 2, 1, 2, 2, 1, 1, 2, 2};
    for (int hour : new int[] {11, 3, 5, 0, 2, 8, 1, 6, 4, 9, 7, 10, 3}) {
      database.inTransaction(em -> takeBack(em, repository, hour));
      database.inTransaction(
          em -> {
            assertThat(new ResticDailyReleasesStore(em).countLive(repository))
                .as("hour %d", hour)
                .isEqualTo(expected[hour]);
            assertThat(takeBack(em, repository, hour)).as("again").isZero();
            assertThat(new ResticObjectStore(em).list(repository, ResticType.LOCKS, 0, 9))
                .isEmpty();
            return null;
          });
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void of_two_configs_the_one_that_came_last_stays(TestDatabase database) {
    long repository = restic(database, "Configs");
    long second =
        database.inTransaction(
            em -> {
              put(em, repository, ResticType.CONFIG, "first", 1, 9);
              return put(em, repository, ResticType.CONFIG, "second", 5).objectId();
            });
    database.inTransaction(
        em -> {
          assertThat(takeBack(em, repository, 6)).isEqualTo(1);
          assertThat(new ResticHistoryStore(em).keepOneConfig(repository, NOW)).isEqualTo(1);
          assertThat(new ResticObjectStore(em).liveConfig(repository).orElseThrow().id())
              .isEqualTo(second);
          assertThat(new ResticHistoryStore(em).keepOneConfig(repository, NOW)).isZero();
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void what_comes_back_is_not_idle_any_more_and_figures_follow(TestDatabase database) {
    long repository = restic(database, "Idle");
    long id =
        database.inTransaction(
            em -> {
              put(em, repository, ResticType.SNAPSHOTS, "stays", 1);
              ResticObject object = put(em, repository, ResticType.SNAPSHOTS, "back", 1, 5);
              new IdleObjectStore(em).add(repository, new long[] {object.objectId()});
              return object.objectId();
            });
    database.inTransaction(
        em -> {
          ResticHistoryStore history = new ResticHistoryStore(em);
          assertThat(history.dropNeededFromIdle(repository)).isZero();
          assertThat(history.figures(repository))
              .isEqualTo(new ResticHistoryStore.Figures(1, 1, hour(5)));
          assertThat(new ResticDailyReleasesStore(em).hasSnapshot(repository)).isTrue();
          takeBack(em, repository, 4);
          assertThat(history.dropNeededFromIdle(repository)).isEqualTo("back".length());
          assertThat(new IdleObjectStore(em).has(id)).isFalse();
          assertThat(history.figures(repository))
              .isEqualTo(new ResticHistoryStore.Figures(2, 0, null));
          takeBack(em, repository, 0);
          assertThat(new ResticDailyReleasesStore(em).hasSnapshot(repository)).isFalse();
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void releases_are_counted_by_the_day_and_told_once_in_it(TestDatabase database) {
    long repository = restic(database, "Watch");
    database.inTransaction(
        em -> {
          ResticDailyReleases watch = new ResticDailyReleasesStore(em).of(repository, hour(1));
          assertThat(watch.count(hour(1))).isEqualTo(1);
          assertThat(watch.tell()).isTrue();
          return null;
        });
    database.inTransaction(
        em -> {
          ResticDailyReleases watch = new ResticDailyReleasesStore(em).of(repository, hour(20));
          assertThat(watch.count(hour(20))).isEqualTo(2);
          assertThat(watch.since()).isEqualTo(hour(1));
          assertThat(watch.tell()).isFalse();
          assertThat(watch.count(hour(25))).isEqualTo(1);
          assertThat(watch.since()).isEqualTo(hour(25));
          assertThat(watch.tell()).isTrue();
          return null;
        });
  }
}
