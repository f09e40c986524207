package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.problem.wire.ProblemCode.SNAPSHOT_REMOVED;

import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hikae.backup.boundary.EmployeeSnapshotQueries;
import org.hikae.backup.boundary.OwnStorageQueries;
import org.hikae.backup.boundary.SnapshotQueries;
import org.hikae.backup.boundary.SnapshotReleaseCommands;
import org.hikae.backup.view.RetentionPreview;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.backup.wire.ReleaseStatus;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.enrollment.boundary.DeviceContextQueries;
import org.hikae.enrollment.boundary.EnrollmentQueries;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.container.fixture.DualControlFixture;
import org.hikae.it.container.fixture.EnrollmentFixture.Enrolled;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.MaintenanceFixture;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.lifecycle.boundary.LegalHoldCommands;
import org.hikae.lifecycle.boundary.OptOutCommands;
import org.hikae.lifecycle.view.OptOutPlan;
import org.hikae.lifecycle.view.SetLegalHold;
import org.hikae.policy.boundary.PolicyCommands;
import org.hikae.policy.view.PutPolicy;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.testing.EveryThirdRun;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A legal hold that policy hides from its employee cannot be told from none by what the employee
 * and their devices are answered (HK1-P-12). Time budget: 30 seconds on each database beside the
 * server's start.
 */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
@EveryThirdRun
class HiddenLegalHoldContainerIT {

  private static final TestCaller ANN =
      TestCaller.portal("hidden-ann", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);
  private static final TestCaller HELPDESK =
      TestCaller.portal("hidden-desk", RealmNames.EMPLOYEE, RealmNames.HELPDESK);
  private static final int HOLD_DAYS = 30;
  private static final int GRACE_DAYS = 7;
  private static final SetLegalHold CASE = new SetLegalHold("Case 12/2026");

  @Inject private MaintenanceFixture maintenanceFixture;
  @Inject private DualControlFixture dualControlFixture;
  @Inject private LegalHoldCommands holds;
  @Inject private PolicyCommands policies;
  @Inject private EnrollmentQueries enrollment;
  @Inject private DeviceContextQueries devices;
  @Inject private SnapshotQueries snapshots;
  @Inject private OwnStorageQueries ownStorage;
  @Inject private SnapshotReleaseCommands releases;
  @Inject private EmployeeSnapshotQueries employeeSnapshotQueries;
  @Inject private OptOutCommands optOut;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @Test
  void under_a_hold_that_is_hidden_all_is_answered_as_without_one_and_nothing_is_removed()
      throws Exception {
    maintenanceFixture.presentDay();
    try {
      MaintenanceFixture.BackupSeries held = series("hold-hidden");
      MaintenanceFixture.BackupSeries free = series("hold-normal");
      long id = held.employeeId();
      PutPolicy hide = new PutPolicy(0L, null, Map.of("showsLegalHold", false), null, null);
      ANN.run(() -> policies.put("employee/" + id, hide));
      ANN.run(() -> holds.set(new EmployeeId(id), CASE));
      held.release(held.made.getFirst());
      free.release(free.made.getFirst());
      assertThat(answers(held)).isEqualTo(answers(free));
      for (int night = 0; night < HOLD_DAYS + GRACE_DAYS - 1; night++) {
        maintenanceFixture.nights(1);
        held.work();
        free.work();
        assertThat(answers(held)).as("night %s", night).isEqualTo(answers(free));
      }
      SnapshotView first = held.made.getFirst();
      assertThat(free.releaseState(free.made.getFirst()))
          .as("it would be gone")
          .isEqualTo(ReleaseState.REMOVED);
      assertThat(lists(first)).as("and is not").isEqualTo(1);
      assertThat(lists(free.made.getFirst())).isZero();
      assertThat(staffSnapshot(id, first).state()).isEqualTo(ReleaseState.HELD);

      ReleaseStatus told = held.releaseStatus(first);
      dualControlFixture.lift(id);
      assertThat(held.releaseStatus(first)).isEqualTo(told);
      held.work();
      assertThat(lists(first)).isZero();
      assertThat(held.releaseStatus(first)).as("when it went is told as before").isEqualTo(told);
      assertThat(staffSnapshot(id, first).state()).isEqualTo(ReleaseState.REMOVED);
    } finally {
      maintenanceFixture.presentDay();
    }
  }

  @Test
  void what_a_hidden_hold_keeps_comes_back_when_the_policy_shows_it() throws Exception {
    maintenanceFixture.presentDay();
    try {
      MaintenanceFixture.BackupSeries series = series("hold-shown-later");
      long id = series.employeeId();
      PutPolicy hide = new PutPolicy(0L, null, Map.of("showsLegalHold", false), null, null);
      ANN.run(() -> policies.put("employee/" + id, hide));
      ANN.run(() -> holds.set(new EmployeeId(id), CASE));
      SnapshotView first = series.made.getFirst();
      series.release(first);
      for (int night = 0; night < HOLD_DAYS + 1; night++) {
        maintenanceFixture.nights(1);
        series.work();
      }
      ExpectedRefusal.with(
          SNAPSHOT_REMOVED,
          series.owner.agent(),
          () -> releases.takeBack(series.owner.session(), first.snapshotId()));
      PutPolicy show = new PutPolicy(1L, null, Map.of("showsLegalHold", true), null, null);
      ANN.run(() -> policies.put("employee/" + id, show));
      assertThat(series.releaseState(first)).isEqualTo(ReleaseState.HELD);
      series.owner.agent().run(() -> releases.takeBack(series.owner.session(), first.snapshotId()));
      assertThat(series.releaseState(first)).isEqualTo(ReleaseState.KEPT);
      assertThat(maintenanceFixture.missing(series.owner, "hidden 0 of hold-shown-later"))
          .isEmpty();
      dualControlFixture.lift(id);
      series.work();
      maintenanceFixture.download(series.owner, "hidden 0 of hold-shown-later");
    } finally {
      maintenanceFixture.presentDay();
    }
  }

  /** So many that the rules drop some of them one day. */
  private MaintenanceFixture.BackupSeries series(String subject) throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series(subject);
    for (int i = 0; i < 12; i++) {
      series.commit("hidden " + i + " of " + subject);
    }
    return series;
  }

  /** What the employee and their device are answered, without names and times of their own. */
  private List<Object> answers(MaintenanceFixture.BackupSeries series) throws Exception {
    Enrolled who = series.owner;
    List<Object> answers = new ArrayList<>(toldSince(who));
    answers.add(who.agent().call(() -> devices.policy(who.session())));
    answers.add(series.storage());
    answers.add(who.pages().call(ownStorage::storage));
    RetentionPreview plan = who.pages().call(ownStorage::retention);
    answers.add(plan.legalHold());
    for (RetentionPreview.PlannedSnapshot one : plan.snapshots()) {
      answers.add(List.of(one.sequence(), one.tonight(), one.keptBy(), one.until() == null));
    }
    for (int i = 0; i < series.made.size(); i++) {
      SnapshotView view = series.made.get(i);
      ReleaseStatus releaseStatus = series.releaseStatus(view);
      answers.add(
          releaseStatus == null
              ? "not released"
              : List.of(
                  releaseStatus.state(),
                  releaseStatus.rule(),
                  releaseStatus.until() == null,
                  String.valueOf(releaseStatus.removedAt())));
      answers.add(names(who, view));
      answers.add(
          maintenanceFixture.missing(who, "hidden " + i + " of " + who.agent().subject()).size());
    }
    answers.add(who.pages().call(optOut::plan).map(OptOutPlan::held));
    return answers;
  }

  private Object names(Enrolled who, SnapshotView of) throws Exception {
    try {
      return who.agent().call(() -> snapshots.objectNames(who.session(), of.snapshotId())).length;
    } catch (Refusal refusal) {
      return refusal.code();
    }
  }

  private long lists(SnapshotView of) throws Exception {
    return maintenanceFixture.number(
        "select count(*) from snapshot_objects where snapshot_row = (select snapshot_row from"
            + " snapshot where snapshot_id = '"
            + of.snapshotId()
            + "')");
  }

  private ReleaseStatus staffSnapshot(long employeeId, SnapshotView of) throws Exception {
    return HELPDESK
        .call(
            () ->
                employeeSnapshotQueries.page(
                    new EmployeeId(employeeId), null, new PageRequest(200)))
        .snapshots()
        .stream()
        .filter(one -> one.snapshotId().equals(of.snapshotId()))
        .findFirst()
        .map(SnapshotView::fate)
        .orElseThrow();
  }

  private List<Instant> toldSince(Enrolled who) throws Exception {
    return Arrays.asList(
        who.agent().call(() -> enrollment.view(Locale.ENGLISH)).legalHoldSince(),
        who.agent().call(() -> devices.context(who.session())).legalHoldSince());
  }
}
