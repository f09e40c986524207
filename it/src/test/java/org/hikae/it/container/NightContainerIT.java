package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.problem.wire.ProblemCode.FORBIDDEN;
import static org.hikae.problem.wire.ProblemCode.MISSING_OBJECTS;
import static org.hikae.problem.wire.ProblemCode.NEWEST_SNAPSHOT;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;
import static org.hikae.problem.wire.ProblemCode.QUOTA_EXCEEDED;
import static org.hikae.problem.wire.ProblemCode.SNAPSHOT_REMOVED;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.hikae.backup.boundary.DeviceStorage;
import org.hikae.backup.boundary.NightSteps;
import org.hikae.backup.boundary.ObjectDownloads;
import org.hikae.backup.boundary.ObjectIntake;
import org.hikae.backup.boundary.ObjectUploads;
import org.hikae.backup.boundary.OwnReleases;
import org.hikae.backup.boundary.OwnStorage;
import org.hikae.backup.boundary.RetentionPreview;
import org.hikae.backup.boundary.RetentionPreview.Tonight;
import org.hikae.backup.boundary.SnapshotCatalogue;
import org.hikae.backup.boundary.SnapshotCommits;
import org.hikae.backup.boundary.SnapshotReleases;
import org.hikae.backup.boundary.StorageDesk;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.Fate;
import org.hikae.backup.wire.MissingQuery;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.backup.wire.StorageView;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.ObjectList;
import org.hikae.identity.wire.Realm;
import org.hikae.it.container.Onboarding.Enrolled;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Releases, holds, retention, collection and quota over many nights that pass in a moment, because
 * the steps of the night are told the time (HK1-H-01 to HK1-H-07). Time budget: 40 seconds on each
 * database beside the server's start.
 */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class NightContainerIT {

  private static final String WORKER = "test";
  private static final Duration NIGHT = Duration.ofDays(1);
  private static final int HOLD_DAYS = 30;
  private static final int GRACE_DAYS = 7;
  private static final long QUOTA = 100L * 1024 * 1024 * 1024;

  @Inject private Onboarding onboarding;
  @Inject private ObjectUploads uploads;
  @Inject private ObjectDownloads downloads;
  @Inject private ObjectIntake intake;
  @Inject private SnapshotCommits commits;
  @Inject private SnapshotCatalogue snapshots;
  @Inject private SnapshotReleases releases;
  @Inject private OwnReleases ownReleases;
  @Inject private OwnStorage ownStorage;
  @Inject private DeviceStorage deviceStorage;
  @Inject private StorageDesk storageDesk;
  @Inject private NightSteps night;

  @Resource(lookup = "java:jboss/datasources/HikaeDS")
  private DataSource application;

  /** The server's clock as the steps are told; the next test begins in the real present again. */
  private Instant now = Instant.now();

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @BeforeEach
  @AfterEach
  void presentDay() throws Exception {
    now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    update(
        "update housekeeping set wall_at = ?, kept_at = ?, started_at = ?, cursor_at = null,"
            + " holder = null",
        now,
        now,
        now);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String name(String text) {
    return Hash256.sha256(bytes(text)).hex();
  }

  private static Hash256 hash(String text) {
    return Hash256.sha256(bytes(text));
  }

  private boolean upload(Enrolled who, String text) throws Exception {
    byte[] body = bytes(text);
    return who.agent()
        .call(
            () ->
                uploads.receive(
                    who.session(), name(text), body.length, new ByteArrayInputStream(body)));
  }

  private void download(Enrolled who, String text) throws Exception {
    long size = who.agent().call(() -> downloads.size(who.session(), name(text)));
    assertThat(size).isEqualTo(bytes(text).length);
  }

  private List<String> missing(Enrolled who, String... texts) throws Exception {
    List<String> names = java.util.Arrays.stream(texts).map(NightContainerIT::name).toList();
    return who.agent().call(() -> intake.missing(who.session(), new MissingQuery(names))).missing();
  }

  /** A backup of one device: the series so far, and commits to it. */
  private final class Series {

    private final Enrolled who;
    private final String setId;
    private final List<SnapshotView> made = new ArrayList<>();
    private List<String> last = List.of();

    Series(Enrolled who) throws Exception {
      this.who = who;
      this.setId = onboarding.optIn(who);
    }

    CommitSnapshot next(List<String> packs) {
      String previous = made.isEmpty() ? Hash256.ZERO.hex() : made.getLast().stubHash();
      int sequence = made.size() + 1;
      return new CommitSnapshot(
          setId,
          1,
          sequence,
          previous,
          name(root(sequence)),
          ObjectList.hash(packs.stream().map(NightContainerIT::hash).toList()).hex(),
          packs.stream().filter(p -> !last.contains(p)).map(NightContainerIT::name).toList(),
          last.stream().filter(p -> !packs.contains(p)).map(NightContainerIT::name).toList(),
          1,
          1);
    }

    String root(int sequence) {
      return "root " + sequence + " of " + who.agent().subject();
    }

    SnapshotView commit(String... packs) throws Exception {
      for (String pack : packs) {
        upload(who, pack);
      }
      return commitUploaded(packs);
    }

    SnapshotView commitUploaded(String... packs) throws Exception {
      upload(who, root(made.size() + 1));
      CommitSnapshot commit = next(List.of(packs));
      SnapshotView view = who.agent().call(() -> commits.commit(who.session(), commit)).snapshot();
      made.add(view);
      last = List.of(packs);
      return view;
    }

    SnapshotView view(SnapshotView of) throws Exception {
      return who.agent().call(() -> snapshots.find(who.session(), of.snapshotId()));
    }

    @Nullable Fate fate(SnapshotView of) throws Exception {
      return view(of).fate();
    }

    SnapshotView release(SnapshotView of) throws Exception {
      return who.agent().call(() -> releases.release(who.session(), of.snapshotId()));
    }

    StorageView storage() throws Exception {
      return who.agent().call(() -> deviceStorage.storage(who.session()));
    }

    long repositoryId() throws Exception {
      return number("select repository_id from repository where set_id = '" + setId + "'");
    }

    /** The night's work in this repository alone. */
    void work() throws Exception {
      long id = repositoryId();
      night.decide(id, now);
      while (night.sweep(id, now)) {
        // Batches go on until nothing is left.
      }
    }
  }

  private long number(String query) throws Exception {
    try (Connection connection = application.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return row.getLong(1);
    }
  }

  private void update(String sql, Object... values) throws Exception {
    try (Connection connection = application.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        Object value = values[i];
        statement.setObject(
            i + 1,
            value instanceof Instant instant ? instant.atOffset(java.time.ZoneOffset.UTC) : value);
      }
      statement.executeUpdate();
    }
  }

  /** Lets nights pass, each a day after the one before, without work in any repository. */
  private void nights(int count) {
    for (int i = 0; i < count; i++) {
      now = now.plus(NIGHT);
      assertThat(night.begin(WORKER, now, now))
          .hasValueSatisfying(begun -> assertThat(begun.jumped()).isFalse());
      night.end(WORKER);
    }
  }

  @Test
  void a_released_snapshot_is_held_then_removed_and_what_only_it_needed_is_collected()
      throws Exception {
    Series series = new Series(onboarding.enrolled("night-life"));
    SnapshotView first = series.commit("life shared", "life own");
    series.commit("life shared", "life later");
    long all = series.storage().usedBytes();
    long own = bytes("life own").length + bytes(series.root(1)).length;

    Fate held = Objects.requireNonNull(series.release(first).fate());
    assertThat(held.state()).isEqualTo(Fate.HELD);
    assertThat(held.rule()).isEqualTo("DEVICE");
    assertThat(Instant.parse(Objects.requireNonNull(held.until())))
        .isBetween(
            now.plus(NIGHT.multipliedBy(HOLD_DAYS)),
            Instant.now().plus(NIGHT.multipliedBy(HOLD_DAYS)));
    assertThat(series.storage()).isEqualTo(new StorageView(all - own, QUOTA, own, QUOTA, 0));
    assertThat(Objects.requireNonNull(series.release(first).fate()).until())
        .as("a second release begins nothing anew")
        .isNotNull();

    nights(HOLD_DAYS - 1);
    series.work();
    assertThat(Objects.requireNonNull(series.fate(first)).state()).isEqualTo(Fate.HELD);
    download(series.who, "life own");

    nights(2);
    series.work();
    Fate removed = Objects.requireNonNull(series.fate(first));
    assertThat(removed.state()).isEqualTo(Fate.REMOVED);
    assertThat(removed.removedAt()).isNotNull();
    assertThat(series.view(first).stubHash()).isEqualTo(first.stubHash());
    Refused.with(
        SNAPSHOT_REMOVED,
        series.who.agent(),
        () -> snapshots.objectNames(series.who.session(), first.snapshotId()));
    Refused.with(
        SNAPSHOT_REMOVED,
        series.who.agent(),
        () -> releases.takeBack(series.who.session(), first.snapshotId()));
    assertThat(missing(series.who, "life own", "life shared")).containsExactly(name("life own"));
    download(series.who, "life own");

    nights(GRACE_DAYS + 1);
    series.work();
    Refused.with(
        NOT_FOUND,
        series.who.agent(),
        () -> downloads.size(series.who.session(), name("life own")));
    download(series.who, "life shared");
    download(series.who, "life later");
    assertThat(series.storage()).isEqualTo(new StorageView(all - own, QUOTA, 0, QUOTA, 0));
    assertThat(
            number(
                "select count(*) from stored_object where repository_id = "
                    + series.repositoryId()))
        .isEqualTo(3);

    SnapshotView third = series.commit("life shared", "life own");
    assertThat(third.sequence()).isEqualTo(3);
    assertThat(missing(series.who, "life own")).isEmpty();
  }

  @Test
  void what_was_taken_back_stays_and_no_rule_drops_it_again() throws Exception {
    Series series = new Series(onboarding.enrolled("night-back"));
    SnapshotView first = series.commit("back a");
    series.commit("back b");
    long all = series.storage().usedBytes();
    series.release(first);
    As pages = series.who.pages();
    SnapshotView back = pages.call(() -> ownReleases.takeBack(first.snapshotId()));
    assertThat(Objects.requireNonNull(back.fate()).state()).isEqualTo(Fate.KEPT);
    assertThat(series.storage()).isEqualTo(new StorageView(all, QUOTA, 0, QUOTA, 0));
    nights(400);
    series.work();
    assertThat(Objects.requireNonNull(series.fate(first)).state()).isEqualTo(Fate.KEPT);
    RetentionPreview.Row row =
        pages.call(() -> ownStorage.retention()).snapshots().stream()
            .filter(r -> r.snapshotId().equals(first.snapshotId()))
            .findFirst()
            .orElseThrow();
    assertThat(row.keptBy()).contains("PERSON");
    assertThat(row.tonight()).isEqualTo(Tonight.STAYS);
    Fate again = pages.call(() -> ownReleases.release(first.snapshotId())).fate();
    assertThat(Objects.requireNonNull(again).rule()).isEqualTo("EMPLOYEE");
  }

  @Test
  void the_newest_and_what_is_someone_else_s_cannot_be_released() throws Exception {
    Series series = new Series(onboarding.enrolled("night-newest"));
    SnapshotView only = series.commit("newest a");
    Refused.with(NEWEST_SNAPSHOT, series.who.agent(), () -> series.release(only));
    Enrolled other = onboarding.enrolled("night-stranger");
    onboarding.optIn(other);
    Refused.with(
        NOT_FOUND, other.agent(), () -> releases.release(other.session(), only.snapshotId()));
    Refused.with(NOT_FOUND, other.pages(), () -> ownReleases.takeBack(only.snapshotId()));
    Refused.with(NOT_FOUND, other.pages(), () -> ownReleases.release("../" + only.snapshotId()));
    Refused.with(FORBIDDEN, series.who.agent(), () -> ownReleases.release(only.snapshotId()));
    Refused.with(
        FORBIDDEN,
        series.who.pages(),
        () -> releases.release(series.who.session(), only.snapshotId()));
  }

  @Test
  void an_object_that_no_snapshot_lists_is_doomed_revived_by_a_commit_or_collected()
      throws Exception {
    Series series = new Series(onboarding.enrolled("night-doom"));
    series.commit("doom a");
    upload(series.who, "doom forgotten");
    upload(series.who, "doom wanted");
    upload(series.who, "doom resent");
    series.work();
    assertThat(missing(series.who, "doom forgotten", "doom wanted")).as("young").isEmpty();
    long all = series.storage().usedBytes();

    nights(GRACE_DAYS + 1);
    series.work();
    assertThat(missing(series.who, "doom forgotten", "doom wanted", "doom resent")).hasSize(3);
    long doomed =
        bytes("doom forgotten").length + bytes("doom wanted").length + bytes("doom resent").length;
    assertThat(series.storage()).isEqualTo(new StorageView(all - doomed, QUOTA, doomed, QUOTA, 0));
    assertThat(upload(series.who, "doom resent")).as("sent again").isTrue();
    series.commitUploaded("doom a", "doom wanted");
    assertThat(missing(series.who, "doom wanted", "doom resent")).isEmpty();

    nights(GRACE_DAYS + 1);
    series.work();
    download(series.who, "doom wanted");
    Refused.with(
        NOT_FOUND,
        series.who.agent(),
        () -> downloads.size(series.who.session(), name("doom forgotten")));
    CommitSnapshot late = series.next(List.of("doom a", "doom wanted", "doom forgotten"));
    upload(series.who, series.root(3));
    Refused.with(
        MISSING_OBJECTS, series.who.agent(), () -> commits.commit(series.who.session(), late));
  }

  @Test
  void a_clock_set_a_year_ahead_and_back_removes_nothing() throws Exception {
    Series series = new Series(onboarding.enrolled("night-clock"));
    List<SnapshotView> made = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      made.add(series.commit("clock " + i));
    }
    series.release(made.get(5));
    Instant present = now;
    Instant ahead = present.plus(Duration.ofDays(365));
    assertThat(night.begin(WORKER, ahead, ahead))
        .hasValueSatisfying(begun -> assertThat(begun.jumped()).isTrue());
    night.end(WORKER);

    // The clock stays wrong for a night: rules may drop, but nothing is removed.
    now = ahead.plus(NIGHT);
    assertThat(night.begin(WORKER, now, now))
        .hasValueSatisfying(begun -> assertThat(begun.jumped()).isFalse());
    night.end(WORKER);
    series.work();
    int dropped = 0;
    for (SnapshotView view : made) {
      Fate fate = series.fate(view);
      dropped += fate != null && fate.rule().equals("RETENTION") ? 1 : 0;
      assertThat(series.view(view).removed()).isFalse();
      series.who.agent().call(() -> snapshots.objectNames(series.who.session(), view.snapshotId()));
    }
    assertThat(dropped).isPositive();
    for (int i = 0; i < 13; i++) {
      download(series.who, "clock " + i);
    }

    // Back in the present, what the rules dropped returns, and what a person released is held.
    now = present.plusSeconds(60);
    assertThat(night.begin(WORKER, now, now))
        .hasValueSatisfying(begun -> assertThat(begun.jumped()).isTrue());
    night.end(WORKER);
    series.work();
    for (SnapshotView view : made) {
      Fate fate = series.fate(view);
      if (view.equals(made.get(5))) {
        assertThat(Objects.requireNonNull(fate).state()).isEqualTo(Fate.HELD);
      } else {
        assertThat(fate).isNull();
      }
    }
  }

  @Test
  void nothing_is_dropped_while_the_clock_is_behind_the_newest_snapshot() throws Exception {
    Series series = new Series(onboarding.enrolled("night-behind"));
    for (int i = 0; i < 12; i++) {
      series.commit("behind " + i);
    }
    now = now.minus(Duration.ofDays(365));
    series.work();
    for (SnapshotView view : series.made) {
      assertThat(series.fate(view)).isNull();
    }
  }

  @Test
  void only_one_worker_works_and_another_goes_on_after_it_died() {
    now = now.plus(NIGHT);
    assertThat(night.begin("first", now, now)).isPresent();
    assertThat(night.done("first", now, 42, false)).isTrue();
    assertThat(night.begin("second", now.plusSeconds(30), now)).isEmpty();
    Instant later = now.plus(Duration.ofMinutes(11));
    assertThat(night.begin("second", later, now))
        .hasValueSatisfying(begun -> assertThat(begun.cursor()).isEqualTo(42));
    assertThat(night.done("first", later, 43, false)).isFalse();
    night.end("second");
    assertThat(night.begin("first", later, now)).as("done for tonight").isEmpty();
    now = later;
  }

  @Test
  void rules_drop_and_say_why_each_other_snapshot_stays() throws Exception {
    Series series = new Series(onboarding.enrolled("night-rules"));
    for (int i = 0; i < 12; i++) {
      series.commit("rules " + i);
    }
    // Eight days later only the last ten, and the newest of their hour, stay.
    nights(8);
    long employeeId =
        number("select employee_id from repository where repository_id = " + series.repositoryId());
    List<String> expected =
        Onboarding.ADMIN.call(() -> storageDesk.retention(employeeId)).snapshots().stream()
            .filter(row -> row.tonight() == Tonight.IS_DROPPED)
            .map(RetentionPreview.Row::snapshotId)
            .toList();
    series.work();
    RetentionPreview preview = Onboarding.ADMIN.call(() -> storageDesk.retention(employeeId));
    assertThat(preview.snapshots()).hasSize(12);
    assertThat(preview.snapshots().getFirst().keptBy()).contains("NEWEST", "LAST", "DAILY");
    assertThat(preview.legalHold()).isFalse();
    // The preview is asked by the real clock, for which nothing is old enough to go.
    assertThat(expected).isEmpty();
    List<SnapshotView> gone = new ArrayList<>();
    for (SnapshotView view : series.made) {
      Fate fate = series.fate(view);
      if (fate != null) {
        assertThat(fate.state()).isEqualTo(Fate.HELD);
        assertThat(fate.rule()).isEqualTo("RETENTION");
        gone.add(view);
      }
    }
    // One of the two oldest may be the newest of its hour.
    assertThat(gone).isNotEmpty().isSubsetOf(series.made.subList(0, 2));
    assertThat(Onboarding.ADMIN.call(() -> storageDesk.storage(employeeId)).heldBytes())
        .isPositive();
    Refused.with(NOT_FOUND, Onboarding.ADMIN, () -> storageDesk.retention(Long.MAX_VALUE));
    Refused.byRole(As.portal("emp", Realm.EMPLOYEE), () -> storageDesk.storage(employeeId));
    As.portal("helper", Realm.EMPLOYEE, Realm.HELPDESK).run(() -> storageDesk.storage(employeeId));
  }

  @Test
  void a_full_quota_refuses_what_is_new_and_nothing_that_is_stored() throws Exception {
    Series series = new Series(onboarding.enrolled("night-quota"));
    series.commit("quota a");
    long employeeId =
        number("select employee_id from repository where repository_id = " + series.repositoryId());
    update("update storage_use set live_bytes = ? where employee_id = ?", QUOTA - 5, employeeId);
    Refused.with(QUOTA_EXCEEDED, series.who.agent(), () -> upload(series.who, "123456"));
    assertThat(missing(series.who, "123456")).as("nothing of it is kept").hasSize(1);
    assertThat(upload(series.who, "quota a")).isFalse();
    assertThat(upload(series.who, "12345")).isTrue();
    assertThat(series.storage().usedBytes()).isEqualTo(QUOTA);
    Refused.with(QUOTA_EXCEEDED, series.who.agent(), () -> upload(series.who, "1"));
    assertThat(upload(series.who, "12345")).isFalse();
    assertThat(
            number(
                "select count(*) from notice where kind = 'quota.near' and employee_id = "
                    + employeeId))
        .isEqualTo(1);
  }

  @Test
  void a_release_without_room_waits_and_nothing_is_deleted_early() throws Exception {
    Series series = new Series(onboarding.enrolled("night-room"));
    SnapshotView first = series.commit("room a");
    SnapshotView second = series.commit("room b");
    series.commit("room c");
    long employeeId =
        number("select employee_id from repository where repository_id = " + series.repositoryId());
    long needed = bytes("room a").length + bytes(series.root(1)).length;
    update(
        "update storage_use set held_bytes = ? where employee_id = ?",
        QUOTA - needed + 1,
        employeeId);
    long live = series.storage().usedBytes();
    assertThat(Objects.requireNonNull(series.release(first).fate()).state())
        .isEqualTo(Fate.WAITING);
    assertThat(Objects.requireNonNull(series.release(second).fate()).state())
        .isEqualTo(Fate.WAITING);
    assertThat(series.storage().usedBytes()).isEqualTo(live);
    assertThat(series.storage().waiting()).isEqualTo(2);
    // The time that it waits does not count.
    nights(HOLD_DAYS + 1);
    series.work();
    assertThat(Objects.requireNonNull(series.fate(first)).state()).isEqualTo(Fate.WAITING);
    update(
        "update storage_use set held_bytes = ? where employee_id = ?", QUOTA - needed, employeeId);
    series.work();
    assertThat(Objects.requireNonNull(series.fate(first)).state())
        .as("the oldest first")
        .isEqualTo(Fate.HELD);
    assertThat(Objects.requireNonNull(series.fate(second)).state()).isEqualTo(Fate.WAITING);
    assertThat(series.storage().heldBytes()).isEqualTo(QUOTA);
  }

  @Test
  void decides_about_a_hundred_thousand_objects_and_two_hundred_snapshots() throws Exception {
    Series series = new Series(onboarding.enrolled("night-large"));
    series.commit("large a");
    long repositoryId = series.repositoryId();
    LargeRepository.fill(application, repositoryId, series.made.getFirst(), now);
    long started = System.nanoTime();
    RetentionPreview preview = series.who.pages().call(() -> ownStorage.retention());
    long previewed = System.nanoTime();
    night.decide(repositoryId, now);
    long decided = System.nanoTime();
    night.decide(repositoryId, now);
    long again = System.nanoTime();
    System.out.printf(
        java.util.Locale.ROOT,
        "100,000 objects, 200 snapshots: preview %d ms, decided %d ms, once more %d ms%n",
        (previewed - started) / 1_000_000,
        (decided - previewed) / 1_000_000,
        (again - decided) / 1_000_000);
    assertThat(preview.snapshots()).hasSize(LargeRepository.SNAPSHOTS + 1);
    assertThat(Set.copyOf(preview.snapshots().stream().map(RetentionPreview.Row::tonight).toList()))
        .contains(Tonight.STAYS, Tonight.IS_DROPPED);
    assertThat(Duration.ofNanos(again - started)).isLessThan(Duration.ofSeconds(60));
    assertThat(
            number(
                "select count(*) from idle_object where doomed_at is not null and repository_id = "
                    + repositoryId))
        .isEqualTo(LargeRepository.UNLISTED);
  }
}
