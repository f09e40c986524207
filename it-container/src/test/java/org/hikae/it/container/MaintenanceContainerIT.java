package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.problem.wire.ProblemCode.FORBIDDEN;
import static org.hikae.problem.wire.ProblemCode.MALFORMED;
import static org.hikae.problem.wire.ProblemCode.MISSING_OBJECTS;
import static org.hikae.problem.wire.ProblemCode.NEWEST_SNAPSHOT;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;
import static org.hikae.problem.wire.ProblemCode.QUOTA_EXCEEDED;
import static org.hikae.problem.wire.ProblemCode.SNAPSHOT_REMOVED;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hikae.backup.boundary.DeviceStorageQueries;
import org.hikae.backup.boundary.EmployeeStorageQueries;
import org.hikae.backup.boundary.ObjectDownloads;
import org.hikae.backup.boundary.OwnSnapshotReleaseCommands;
import org.hikae.backup.boundary.OwnStorageQueries;
import org.hikae.backup.boundary.SnapshotCommits;
import org.hikae.backup.boundary.SnapshotQueries;
import org.hikae.backup.boundary.SnapshotReleaseCommands;
import org.hikae.backup.maintenance.job.NightlyMaintenanceSteps;
import org.hikae.backup.view.OwnSnapshotStatus;
import org.hikae.backup.view.RetentionPreview;
import org.hikae.backup.view.RetentionPreview.Tonight;
import org.hikae.backup.view.RetentionReason;
import org.hikae.backup.view.SnapshotAction;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.ReleaseCause;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.backup.wire.ReleaseStatus;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.backup.wire.StorageView;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.system.boundary.JobQueries;
import org.hikae.insight.system.view.JobView;
import org.hikae.insight.system.view.SystemJob;
import org.hikae.insight.system.view.SystemJobState;
import org.hikae.it.container.fixture.EnrollmentFixture;
import org.hikae.it.container.fixture.EnrollmentFixture.Enrolled;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.LargeRepository;
import org.hikae.it.container.fixture.MaintenanceFixture;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.PostgresOnly;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Releases, holds, retention, collection and quota over many nights that pass in a moment, because
 * the steps of the night are told the time (HK1-H-01 to HK1-H-07). Time budget: 40 seconds beside
 * the server's start.
 */
@PostgresOnly
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
@EveryThirdRun
class MaintenanceContainerIT {

  private static final TestCaller HELPDESK =
      TestCaller.portal("helpdesk-1", RealmNames.EMPLOYEE, RealmNames.HELPDESK);
  private static final int HOLD_DAYS = 30;
  private static final int GRACE_DAYS = 7;
  private static final long QUOTA = 100L * 1024 * 1024 * 1024;

  @Inject private EnrollmentFixture enrollmentFixture;
  @Inject private MaintenanceFixture maintenanceFixture;
  @Inject private ObjectDownloads downloads;
  @Inject private SnapshotCommits commits;
  @Inject private SnapshotQueries snapshots;
  @Inject private SnapshotReleaseCommands releases;
  @Inject private OwnSnapshotReleaseCommands ownReleases;
  @Inject private OwnStorageQueries ownStorage;
  @Inject private DeviceStorageQueries deviceStorage;
  @Inject private EmployeeStorageQueries employeeStorage;
  @Inject private NightlyMaintenanceSteps steps;
  @Inject private JobQueries jobs;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @BeforeEach
  @AfterEach
  void presentDay() throws Exception {
    maintenanceFixture.presentDay();
  }

  @Test
  void a_released_snapshot_is_held_then_removed_and_what_only_it_needed_is_collected()
      throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("night-life");
    SnapshotView first = series.commit("life shared", "life own");
    series.commit("life shared", "life later");
    long all = series.storage().usedBytes();
    long own = MaintenanceFixture.size("life own", series.root(1));

    ReleaseStatus held = Objects.requireNonNull(series.release(first).fate());
    assertThat(held.state()).isEqualTo(ReleaseState.HELD);
    assertThat(held.rule()).isEqualTo(ReleaseCause.DEVICE);
    assertThat(Objects.requireNonNull(held.until()))
        .isBetween(
            maintenanceFixture.now.plus(MaintenanceFixture.NIGHT.multipliedBy(HOLD_DAYS)),
            Instant.now().plus(MaintenanceFixture.NIGHT.multipliedBy(HOLD_DAYS)));
    assertThat(series.storage()).isEqualTo(new StorageView(all - own, QUOTA, own, QUOTA, 0));
    assertThat(Objects.requireNonNull(series.release(first).fate()).until())
        .as("a second release begins nothing anew")
        .isNotNull();

    maintenanceFixture.nights(HOLD_DAYS - 1);
    series.work();
    assertThat(series.releaseState(first)).isEqualTo(ReleaseState.HELD);
    maintenanceFixture.download(series.owner, "life own");

    maintenanceFixture.nights(2);
    series.work();
    ReleaseStatus removed = Objects.requireNonNull(series.releaseStatus(first));
    assertThat(removed.state()).isEqualTo(ReleaseState.REMOVED);
    assertThat(removed.removedAt()).isNotNull();
    assertThat(series.view(first).stubHash()).isEqualTo(first.stubHash());
    ExpectedRefusal.with(
        SNAPSHOT_REMOVED,
        series.owner.agent(),
        () -> snapshots.objectNames(series.owner.session(), first.snapshotId()));
    ExpectedRefusal.with(
        SNAPSHOT_REMOVED,
        series.owner.agent(),
        () -> releases.takeBack(series.owner.session(), first.snapshotId()));
    assertThat(maintenanceFixture.missing(series.owner, "life own", "life shared"))
        .containsExactly(MaintenanceFixture.name("life own"));
    maintenanceFixture.download(series.owner, "life own");

    maintenanceFixture.nights(GRACE_DAYS + 1);
    series.work();
    ExpectedRefusal.with(
        NOT_FOUND,
        series.owner.agent(),
        () -> downloads.size(series.owner.session(), MaintenanceFixture.name("life own")));
    maintenanceFixture.download(series.owner, "life shared");
    maintenanceFixture.download(series.owner, "life later");
    assertThat(series.storage()).isEqualTo(new StorageView(all - own, QUOTA, 0, QUOTA, 0));
    assertThat(
            maintenanceFixture.number(
                "select count(*) from stored_object where repository_id = "
                    + series.repositoryId()))
        .isEqualTo(3);

    SnapshotView third = series.commit("life shared", "life own");
    assertThat(third.sequence()).isEqualTo(3);
    assertThat(maintenanceFixture.missing(series.owner, "life own")).isEmpty();
  }

  @Test
  void what_was_taken_back_stays_and_no_rule_drops_it_again() throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("night-back");
    SnapshotView first = series.commit("back a");
    SnapshotView second = series.commit("back b");
    long all = series.storage().usedBytes();
    series.release(first);
    TestCaller pages = series.owner.pages();
    SnapshotView back = pages.call(() -> ownReleases.takeBack(first.snapshotId()));
    assertThat(Objects.requireNonNull(back.fate()).state()).isEqualTo(ReleaseState.KEPT);
    assertThat(series.storage()).isEqualTo(new StorageView(all, QUOTA, 0, QUOTA, 0));
    maintenanceFixture.nights(400);
    series.work();
    assertThat(series.releaseState(first)).isEqualTo(ReleaseState.KEPT);
    RetentionPreview.PlannedSnapshot row =
        pages.call(() -> ownStorage.retention()).snapshots().stream()
            .filter(r -> r.snapshotId().equals(first.snapshotId()))
            .findFirst()
            .orElseThrow();
    assertThat(row.keptBy()).contains(RetentionReason.PERSON);
    assertThat(row.tonight()).isEqualTo(Tonight.STAYS);
    Instant atLeast = pages.call(() -> ownReleases.releasedUntil());
    ReleaseStatus again = pages.call(() -> ownReleases.release(first.snapshotId())).fate();
    assertThat(Objects.requireNonNull(again).rule()).isEqualTo(ReleaseCause.EMPLOYEE);
    assertThat(Objects.requireNonNull(again.until())).isAfterOrEqualTo(atLeast);
    List<String> both = List.of(first.snapshotId(), second.snapshotId());
    Map<String, OwnSnapshotStatus> status = pages.call(() -> ownReleases.status(both));
    assertThat(status).hasSize(2);
    assertThat(Objects.requireNonNull(status.get(first.snapshotId())).actions())
        .containsExactly(SnapshotAction.TAKE_BACK);
    assertThat(Objects.requireNonNull(status.get(second.snapshotId())).mustStay()).isTrue();
  }

  @Test
  void the_newest_and_what_is_someone_else_s_cannot_be_released() throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("night-newest");
    SnapshotView only = series.commit("newest a");
    ExpectedRefusal.with(NEWEST_SNAPSHOT, series.owner.agent(), () -> series.release(only));
    Enrolled other = enrollmentFixture.enrolled("night-stranger");
    enrollmentFixture.optIn(other);
    ExpectedRefusal.with(
        NOT_FOUND, other.agent(), () -> releases.release(other.session(), only.snapshotId()));
    ExpectedRefusal.with(NOT_FOUND, other.pages(), () -> ownReleases.takeBack(only.snapshotId()));
    ExpectedRefusal.with(
        MALFORMED, other.pages(), () -> ownReleases.release("../" + only.snapshotId()));
    assertThat(other.pages().call(() -> ownReleases.status(List.of(only.snapshotId())))).isEmpty();
    ExpectedRefusal.with(FORBIDDEN, series.owner.pages(), () -> deviceStorage.storage(null));
    ExpectedRefusal.with(
        FORBIDDEN, series.owner.agent(), () -> ownReleases.release(only.snapshotId()));
    ExpectedRefusal.with(
        FORBIDDEN,
        series.owner.pages(),
        () -> releases.release(series.owner.session(), only.snapshotId()));
  }

  @Test
  void an_object_that_no_snapshot_lists_is_doomed_revived_by_a_commit_or_collected()
      throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("night-doom");
    series.commit("doom a");
    maintenanceFixture.upload(series.owner, "doom lost");
    maintenanceFixture.upload(series.owner, "doom wanted");
    maintenanceFixture.upload(series.owner, "doom resent");
    series.work();
    assertThat(maintenanceFixture.missing(series.owner, "doom lost", "doom wanted"))
        .as("young")
        .isEmpty();
    long all = series.storage().usedBytes();

    maintenanceFixture.nights(GRACE_DAYS + 1);
    series.work();
    assertThat(maintenanceFixture.missing(series.owner, "doom lost", "doom wanted", "doom resent"))
        .hasSize(3);
    long doomed = MaintenanceFixture.size("doom lost", "doom wanted", "doom resent");
    assertThat(series.storage()).isEqualTo(new StorageView(all - doomed, QUOTA, doomed, QUOTA, 0));
    assertThat(maintenanceFixture.upload(series.owner, "doom resent")).as("sent again").isTrue();
    series.commitUploaded("doom a", "doom wanted");
    assertThat(maintenanceFixture.missing(series.owner, "doom wanted", "doom resent")).isEmpty();

    maintenanceFixture.nights(GRACE_DAYS + 1);
    series.work();
    maintenanceFixture.download(series.owner, "doom wanted");
    ExpectedRefusal.with(
        NOT_FOUND,
        series.owner.agent(),
        () -> downloads.size(series.owner.session(), MaintenanceFixture.name("doom lost")));
    CommitSnapshot late = series.next(List.of("doom a", "doom wanted", "doom lost"));
    maintenanceFixture.upload(series.owner, series.root(3));
    ExpectedRefusal.with(
        MISSING_OBJECTS, series.owner.agent(), () -> commits.commit(series.owner.session(), late));
  }

  @Test
  void a_clock_set_a_year_ahead_and_back_removes_nothing() throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("night-clock");
    List<SnapshotView> made = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      made.add(series.commit("clock " + i));
    }
    series.release(made.get(5));
    Instant present = maintenanceFixture.now;
    Instant ahead = present.plus(Duration.ofDays(365));
    assertThat(steps.begin(MaintenanceFixture.WORKER, ahead, ahead))
        .hasValueSatisfying(begun -> assertThat(begun.jumped()).isTrue());
    steps.end(MaintenanceFixture.WORKER, ahead);

    // The clock stays wrong for a night: rules may drop, but nothing is removed.
    maintenanceFixture.now = ahead.plus(MaintenanceFixture.NIGHT);
    assertThat(
            steps.begin(MaintenanceFixture.WORKER, maintenanceFixture.now, maintenanceFixture.now))
        .hasValueSatisfying(begun -> assertThat(begun.jumped()).isFalse());
    steps.end(MaintenanceFixture.WORKER, maintenanceFixture.now);
    series.work();
    int dropped = 0;
    for (SnapshotView view : made) {
      ReleaseStatus releaseStatus = series.releaseStatus(view);
      dropped += releaseStatus != null && releaseStatus.rule() == ReleaseCause.RETENTION ? 1 : 0;
      assertThat(series.view(view).removed()).isFalse();
      String id = view.snapshotId();
      series.owner.agent().call(() -> snapshots.objectNames(series.owner.session(), id));
    }
    assertThat(dropped).isPositive();
    for (int i = 0; i < 13; i++) {
      maintenanceFixture.download(series.owner, "clock " + i);
    }

    // Back in the present, what the rules dropped returns, and what a person released is held.
    maintenanceFixture.now = present.plusSeconds(60);
    assertThat(
            steps.begin(MaintenanceFixture.WORKER, maintenanceFixture.now, maintenanceFixture.now))
        .hasValueSatisfying(begun -> assertThat(begun.jumped()).isTrue());
    steps.end(MaintenanceFixture.WORKER, maintenanceFixture.now);
    series.work();
    for (SnapshotView view : made) {
      ReleaseStatus releaseStatus = series.releaseStatus(view);
      if (view.equals(made.get(5))) {
        assertThat(Objects.requireNonNull(releaseStatus).state()).isEqualTo(ReleaseState.HELD);
      } else {
        assertThat(releaseStatus).isNull();
      }
    }
  }

  @Test
  void nothing_is_dropped_while_the_clock_is_behind_the_newest_snapshot() throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("night-behind");
    for (int i = 0; i < 12; i++) {
      series.commit("behind " + i);
    }
    maintenanceFixture.now = maintenanceFixture.now.minus(Duration.ofDays(365));
    series.work();
    for (SnapshotView view : series.made) {
      assertThat(series.releaseStatus(view)).isNull();
    }
  }

  @Test
  void only_one_worker_works_and_another_goes_on_after_it_died() throws Exception {
    Instant now = maintenanceFixture.now.plus(MaintenanceFixture.NIGHT);
    maintenanceFixture.now = now;
    assertThat(steps.begin("first", now, now)).isPresent();
    assertThat(steps.done("first", now, 42, false)).isTrue();
    assertThat(steps.begin("second", now.plusSeconds(30), now)).isEmpty();
    Instant later = now.plus(Duration.ofMinutes(11));
    assertThat(steps.begin("second", later, now))
        .hasValueSatisfying(begun -> assertThat(begun.cursor()).isEqualTo(42));
    assertThat(steps.done("first", later, 43, false)).isFalse();
    assertThat(steps.done("second", later, 43, false)).isTrue();
    JobView working = HELPDESK.call(jobs::jobs).getFirst();
    assertThat(working.state()).isEqualTo(SystemJobState.RUNNING);
    assertThat(working.done()).as("both workers'").isEqualTo(2);
    assertThat(working.total())
        .isEqualTo(maintenanceFixture.number("select count(*) from repository"));
    Instant begun = working.startedAt();
    steps.end("second", later);
    assertThat(HELPDESK.call(jobs::jobs).getFirst())
        .isEqualTo(new JobView(SystemJob.NIGHT, SystemJobState.IDLE, begun, later, 2, null, 0));
    assertThat(steps.begin("first", later, now)).as("done for tonight").isEmpty();
    Instant next = later.plus(MaintenanceFixture.NIGHT);
    maintenanceFixture.now = next;
    assertThat(steps.begin("first", next, next)).isPresent();
    assertThat(steps.done("first", next, 42, false)).isTrue();
    assertThat(steps.done("first", next, 43, true)).isTrue();
    steps.end("first", next);
    assertThat(HELPDESK.call(jobs::jobs).getFirst())
        .as("the last good end stays")
        .isEqualTo(new JobView(SystemJob.NIGHT, SystemJobState.FAILED, next, later, 1, null, 1));
  }

  @Test
  void rules_drop_and_say_why_each_other_snapshot_stays() throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("night-rules");
    for (int i = 0; i < 12; i++) {
      series.commit("rules " + i);
    }
    // Eight days later only the last ten, and the newest of their hour, stay.
    maintenanceFixture.nights(8);
    EmployeeId employeeId = new EmployeeId(series.employeeId());
    List<String> expected =
        EnrollmentFixture.ADMIN
            .call(() -> employeeStorage.retention(employeeId))
            .snapshots()
            .stream()
            .filter(row -> row.tonight() == Tonight.IS_DROPPED)
            .map(RetentionPreview.PlannedSnapshot::snapshotId)
            .toList();
    series.work();
    RetentionPreview preview =
        EnrollmentFixture.ADMIN.call(() -> employeeStorage.retention(employeeId));
    assertThat(preview.snapshots()).hasSize(12);
    assertThat(preview.snapshots().getFirst().keptBy())
        .contains(RetentionReason.NEWEST, RetentionReason.LAST, RetentionReason.DAILY);
    assertThat(preview.legalHold()).isFalse();
    // The preview is asked by the real clock, for which nothing is old enough to go.
    assertThat(expected).isEmpty();
    List<SnapshotView> gone = new ArrayList<>();
    for (SnapshotView view : series.made) {
      ReleaseStatus releaseStatus = series.releaseStatus(view);
      if (releaseStatus != null) {
        assertThat(releaseStatus.state()).isEqualTo(ReleaseState.HELD);
        assertThat(releaseStatus.rule()).isEqualTo(ReleaseCause.RETENTION);
        gone.add(view);
      }
    }
    // One of the two oldest may be the newest of its hour.
    assertThat(gone).isNotEmpty().isSubsetOf(series.made.subList(0, 2));
    assertThat(EnrollmentFixture.ADMIN.call(() -> employeeStorage.storage(employeeId)).heldBytes())
        .isPositive();
    ExpectedRefusal.with(
        NOT_FOUND,
        EnrollmentFixture.ADMIN,
        () -> employeeStorage.retention(new EmployeeId(Long.MAX_VALUE)));
    ExpectedRefusal.byRole(
        TestCaller.portal("emp", RealmNames.EMPLOYEE), () -> employeeStorage.storage(employeeId));
    TestCaller.portal("helper", RealmNames.EMPLOYEE, RealmNames.HELPDESK)
        .run(() -> employeeStorage.storage(employeeId));
  }

  @Test
  void a_full_quota_refuses_what_is_new_and_nothing_that_is_stored() throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("night-quota");
    series.commit("quota a");
    long employeeId = series.employeeId();
    maintenanceFixture.update(
        "update storage_use set live_bytes = ? where employee_id = ?", QUOTA - 5, employeeId);
    ExpectedRefusal.with(
        QUOTA_EXCEEDED,
        series.owner.agent(),
        () -> maintenanceFixture.upload(series.owner, "123456"));
    assertThat(maintenanceFixture.missing(series.owner, "123456")).as("nothing is kept").hasSize(1);
    assertThat(maintenanceFixture.upload(series.owner, "quota a")).isFalse();
    assertThat(maintenanceFixture.upload(series.owner, "12345")).isTrue();
    assertThat(series.storage().usedBytes()).isEqualTo(QUOTA);
    ExpectedRefusal.with(
        QUOTA_EXCEEDED, series.owner.agent(), () -> maintenanceFixture.upload(series.owner, "1"));
    assertThat(maintenanceFixture.upload(series.owner, "12345")).isFalse();
    assertThat(
            maintenanceFixture.number(
                "select count(*) from notice where kind = 'quota.near' and employee_id = "
                    + employeeId))
        .isEqualTo(1);
  }

  @Test
  void a_release_without_room_waits_and_nothing_is_deleted_early() throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("night-room");
    SnapshotView first = series.commit("room a");
    SnapshotView second = series.commit("room b");
    series.commit("room c");
    long employeeId = series.employeeId();
    long needed = MaintenanceFixture.size("room a", series.root(1));
    String held = "update storage_use set held_bytes = ? where employee_id = ?";
    maintenanceFixture.update(held, QUOTA - needed + 1, employeeId);
    long live = series.storage().usedBytes();
    assertThat(Objects.requireNonNull(series.release(first).fate()).state())
        .isEqualTo(ReleaseState.WAITING);
    assertThat(Objects.requireNonNull(series.release(second).fate()).state())
        .isEqualTo(ReleaseState.WAITING);
    assertThat(series.storage().usedBytes()).isEqualTo(live);
    assertThat(series.storage().waiting()).isEqualTo(2);
    // The time that it waits does not count.
    maintenanceFixture.nights(HOLD_DAYS + 1);
    series.work();
    assertThat(series.releaseState(first)).isEqualTo(ReleaseState.WAITING);
    maintenanceFixture.update(held, QUOTA - needed, employeeId);
    series.work();
    assertThat(series.releaseState(first)).as("the oldest first").isEqualTo(ReleaseState.HELD);
    assertThat(series.releaseState(second)).isEqualTo(ReleaseState.WAITING);
    assertThat(series.storage().heldBytes()).isEqualTo(QUOTA);
  }

  @Test
  @FullRunOnly
  void decides_about_a_hundred_thousand_objects_and_two_hundred_snapshots() throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("night-large");
    series.commit("large a");
    long repositoryId = series.repositoryId();
    LargeRepository.fill(
        maintenanceFixture.application(),
        repositoryId,
        series.made.getFirst(),
        maintenanceFixture.now);
    long started = System.nanoTime();
    RetentionPreview preview = series.owner.pages().call(() -> ownStorage.retention());
    long previewed = System.nanoTime();
    steps.decide(repositoryId, maintenanceFixture.now);
    long decided = System.nanoTime();
    steps.decide(repositoryId, maintenanceFixture.now);
    long again = System.nanoTime();
    System.out.printf(
        java.util.Locale.ROOT,
        "100,000 objects, 200 snapshots: preview %d ms, decided %d ms, once more %d ms%n",
        (previewed - started) / 1_000_000,
        (decided - previewed) / 1_000_000,
        (again - decided) / 1_000_000);
    assertThat(preview.snapshots()).hasSize(LargeRepository.SNAPSHOTS + 1);
    assertThat(
            Set.copyOf(
                preview.snapshots().stream()
                    .map(RetentionPreview.PlannedSnapshot::tonight)
                    .toList()))
        .contains(Tonight.STAYS, Tonight.IS_DROPPED);
    assertThat(
            maintenanceFixture.number(
                "select count(*) from idle_object where doomed_at is not null and repository_id = "
                    + repositoryId))
        .isEqualTo(LargeRepository.UNLISTED);
    LargeRepository.clear(maintenanceFixture.owner(), repositoryId);
  }
}
