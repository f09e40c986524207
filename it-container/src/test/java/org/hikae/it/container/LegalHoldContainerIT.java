package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.problem.wire.ProblemCode.ANOTHER_PERSON;
import static org.hikae.problem.wire.ProblemCode.CONFLICT;
import static org.hikae.problem.wire.ProblemCode.LEGAL_HOLD;
import static org.hikae.problem.wire.ProblemCode.MALFORMED;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.hikae.approval.boundary.ApprovalCommands;
import org.hikae.approval.value.ApprovalRequestId;
import org.hikae.approval.view.ApprovalView;
import org.hikae.approval.view.Approve;
import org.hikae.backup.boundary.ObjectDownloads;
import org.hikae.backup.boundary.SnapshotQueries;
import org.hikae.backup.maintenance.job.NightlyMaintenanceSteps;
import org.hikae.backup.restic.boundary.DeviceResticCommands;
import org.hikae.backup.restic.boundary.OwnResticCommands;
import org.hikae.backup.restic.boundary.ResticDeletions;
import org.hikae.backup.restic.boundary.ResticQueries;
import org.hikae.backup.restic.boundary.ResticUploads;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.backup.wire.ResticType;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.backup.wire.StorageView;
import org.hikae.backup.wire.TakeBackTo;
import org.hikae.backup.wire.TakenBack;
import org.hikae.enrollment.boundary.DeviceContextQueries;
import org.hikae.enrollment.boundary.EnrollmentQueries;
import org.hikae.enrollment.boundary.KeyRotationCommands;
import org.hikae.enrollment.boundary.WrapCommands;
import org.hikae.enrollment.view.ResticRequest;
import org.hikae.enrollment.wire.NewResticCredential;
import org.hikae.enrollment.wire.Rotate;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.WrapMethod;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.service.LegalHolds;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.boundary.EmployeeDetailQueries;
import org.hikae.insight.boundary.OwnBackupQueries;
import org.hikae.it.container.fixture.EnrollingDevice;
import org.hikae.it.container.fixture.EnrollmentFixture;
import org.hikae.it.container.fixture.EnrollmentFixture.Enrolled;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.MaintenanceFixture;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.StoredBytesFixture;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.lifecycle.boundary.LegalHoldCommands;
import org.hikae.lifecycle.value.LegalHoldId;
import org.hikae.lifecycle.view.LegalHoldEmployee;
import org.hikae.lifecycle.view.LegalHoldPage;
import org.hikae.lifecycle.view.LegalHoldView;
import org.hikae.lifecycle.view.SetLegalHold;
import org.hikae.policy.boundary.PolicyCommands;
import org.hikae.policy.view.PutPolicy;
import org.hikae.problem.control.PageRequest;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A legal hold: set by one, lifted by two, and nothing is erased in between (HK1-P-10 to HK1-P-12).
 * Time budget: 20 seconds on each database beside the server's start.
 */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class LegalHoldContainerIT {

  private static final TestCaller ANN =
      TestCaller.portal("hold-ann", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);
  private static final TestCaller BEN =
      TestCaller.portal("hold-ben", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);
  private static final TestCaller AUDITOR =
      TestCaller.portal("auditor-1", RealmNames.EMPLOYEE, RealmNames.AUDITOR);
  private static final TestCaller HELPDESK =
      TestCaller.portal("helpdesk-1", RealmNames.EMPLOYEE, RealmNames.HELPDESK);
  private static final TestCaller EMPLOYEE = TestCaller.portal("employee-1", RealmNames.EMPLOYEE);
  private static final int HOLD_DAYS = 30;
  private static final int GRACE_DAYS = 7;
  private static final SetLegalHold CASE = new SetLegalHold("Case 12/2026");

  @Inject private EnrollmentFixture enrollmentFixture;
  @Inject private MaintenanceFixture maintenanceFixture;
  @Inject private EmployeeDirectory directory;
  @Inject private LegalHoldCommands holds;
  @Inject private LegalHolds legalHolds;
  @Inject private ApprovalCommands approvals;
  @Inject private PolicyCommands policies;
  @Inject private WrapCommands wraps;
  @Inject private KeyRotationCommands rotation;
  @Inject private EnrollmentQueries enrollment;
  @Inject private DeviceContextQueries devices;
  @Inject private OwnBackupQueries ownBackupQueries;
  @Inject private EmployeeDetailQueries detail;
  @Inject private ObjectDownloads downloads;
  @Inject private SnapshotQueries snapshots;
  @Inject private NightlyMaintenanceSteps maintenanceSteps;
  @Inject private DeviceResticCommands deviceResticCommands;
  @Inject private ResticUploads resticUploads;
  @Inject private ResticDeletions resticDeletions;
  @Inject private ResticQueries resticQueries;
  @Inject private OwnResticCommands ownRestic;

  @Resource(lookup = "java:jboss/datasources/HikaeDS")
  private DataSource application;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  private void lift(long employeeId) throws Exception {
    ApprovalView asked = ANN.call(() -> holds.lift(new EmployeeId(employeeId)));
    BEN.run(
        () ->
            approvals.approve(
                new ApprovalRequestId(asked.requestId()), new Approve(asked.changeHash())));
  }

  @Test
  void one_administrator_sets_it_and_two_lift_it() throws Exception {
    long id = TestCaller.agent("hold-simple").call(directory::me).employeeId();
    ExpectedRefusal.with(NOT_FOUND, ANN, () -> holds.of(new EmployeeId(id)));
    ExpectedRefusal.with(NOT_FOUND, ANN, () -> holds.lift(new EmployeeId(id)));
    LegalHoldView set = ANN.call(() -> holds.set(new EmployeeId(id), CASE));
    assertThat(set.reason()).isEqualTo("Case 12/2026");
    assertThat(set.setBy()).isEqualTo(ANN.subject());
    assertThat(AUDITOR.call(() -> holds.of(new EmployeeId(id)))).isEqualTo(set);
    assertThat(legalHolds.on(id)).isTrue();
    ExpectedRefusal.with(CONFLICT, BEN, () -> holds.set(new EmployeeId(id), CASE));

    ApprovalView asked = ANN.call(() -> holds.lift(new EmployeeId(id)));
    assertThat(asked.subjectEmployeeId()).isEqualTo(id);
    assertThat(asked.change()).contains("Case 12/2026");
    assertThat(legalHolds.on(id)).as("asking lifts nothing").isTrue();
    Approve seen = new Approve(asked.changeHash());
    ExpectedRefusal.with(
        ANOTHER_PERSON,
        ANN,
        () -> approvals.approve(new ApprovalRequestId(asked.requestId()), seen));
    BEN.run(() -> approvals.approve(new ApprovalRequestId(asked.requestId()), seen));
    assertThat(legalHolds.on(id)).isFalse();
    assertThat(audited("employee:" + id)).containsExactly("legal-hold.set", "legal-hold.lift");
  }

  @Test
  void those_who_are_held_are_listed_by_pages_until_it_is_lifted() throws Exception {
    long first = TestCaller.agent("hold-list-1").call(directory::me).employeeId();
    long second = TestCaller.agent("hold-list-2").call(directory::me).employeeId();
    LegalHoldView set = ANN.call(() -> holds.set(new EmployeeId(first), CASE));
    ANN.run(() -> holds.set(new EmployeeId(second), new SetLegalHold("Case 13/2026")));
    LegalHoldPage page =
        AUDITOR.call(() -> holds.page(new LegalHoldId(set.holdId() - 1), new PageRequest(1)));
    assertThat(page.holds())
        .containsExactly(
            new LegalHoldEmployee(
                set.holdId(),
                first,
                TestCaller.agent("hold-list-1").call(directory::me).displayName(),
                set.reason(),
                set.setAt(),
                ANN.subject(),
                false));
    assertThat(page.next()).isEqualTo(set.holdId());
    ApprovalView asked = ANN.call(() -> holds.lift(new EmployeeId(second)));
    LegalHoldPage rest =
        ANN.call(
            () ->
                holds.page(
                    new LegalHoldId(set.holdId()), new PageRequest(LegalHoldCommands.MAX_PAGE)));
    assertThat(rest.next()).isNull();
    assertThat(rest.holds())
        .filteredOn(held -> held.employeeId() == second)
        .singleElement()
        .satisfies(held -> assertThat(held.liftingAsked()).isTrue());
    BEN.run(
        () ->
            approvals.approve(
                new ApprovalRequestId(asked.requestId()), new Approve(asked.changeHash())));
    assertThat(
            ANN.call(
                    () ->
                        holds.page(
                            new LegalHoldId(set.holdId()),
                            new PageRequest(LegalHoldCommands.MAX_PAGE)))
                .holds())
        .extracting(LegalHoldEmployee::employeeId)
        .doesNotContain(second);
    for (int limit : new int[] {0, LegalHoldCommands.MAX_PAGE + 1}) {
      ExpectedRefusal.with(MALFORMED, ANN, () -> holds.page(null, new PageRequest(limit)));
    }
    ExpectedRefusal.byRole(HELPDESK, () -> holds.page(null, new PageRequest(1)));
    ExpectedRefusal.byRole(EMPLOYEE, () -> holds.page(null, new PageRequest(1)));
  }

  @Test
  void an_approval_lifts_the_hold_that_was_seen_and_no_later_one() throws Exception {
    long id = TestCaller.agent("hold-again").call(directory::me).employeeId();
    ANN.run(() -> holds.set(new EmployeeId(id), CASE));
    ApprovalView first = ANN.call(() -> holds.lift(new EmployeeId(id)));
    BEN.run(
        () ->
            approvals.approve(
                new ApprovalRequestId(first.requestId()), new Approve(first.changeHash())));
    ANN.run(() -> holds.set(new EmployeeId(id), CASE));
    ApprovalView second = ANN.call(() -> holds.lift(new EmployeeId(id)));
    assertThat(second.changeHash()).isNotEqualTo(first.changeHash());
    lift(id);
    assertThat(legalHolds.on(id)).isFalse();
  }

  @Test
  void an_administrator_on_hold_does_not_approve_its_lifting() throws Exception {
    long ben = BEN.call(directory::me).employeeId();
    ANN.run(() -> holds.set(new EmployeeId(ben), CASE));
    ApprovalView asked = ANN.call(() -> holds.lift(new EmployeeId(ben)));
    Approve seen = new Approve(asked.changeHash());
    ExpectedRefusal.with(
        ANOTHER_PERSON,
        BEN,
        () -> approvals.approve(new ApprovalRequestId(asked.requestId()), seen));
    TestCaller eva = TestCaller.portal("hold-eva", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);
    eva.run(() -> approvals.approve(new ApprovalRequestId(asked.requestId()), seen));
    assertThat(legalHolds.on(ben)).isFalse();
  }

  @Test
  void no_wrap_is_erased_until_it_is_lifted() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("hold-wraps");
    String setId = enrollmentFixture.optIn(who);
    long id = who.agent().call(directory::me).employeeId();
    ANN.run(() -> holds.set(new EmployeeId(id), CASE));
    String first = filed(who).getFirst().wrapId();
    ExpectedRefusal.with(LEGAL_HOLD, who.agent(), () -> wraps.revoke(who.session(), first, true));
    assertThat(filed(who)).hasSize(1);
    who.agent().run(() -> wraps.revoke(who.session(), EnrollingDevice.newId(), true));

    Rotate rotate = prepared(who, setId);
    who.agent().run(() -> rotation.end(who.session(), rotate));
    assertThat(filed(who)).extracting(WrapView::wrapId).doesNotContain(first);
    assertThat(kept(id)).as("the replaced one").isEqualTo(1);

    lift(id);
    assertThat(kept(id)).isZero();
    assertThat(filed(who)).isNotEmpty();
  }

  @Test
  void nights_remove_and_collect_nothing_until_it_is_lifted() throws Exception {
    maintenanceFixture.presentDay();
    try {
      MaintenanceFixture.BackupSeries series = maintenanceFixture.series("hold-nights");
      long id = series.employeeId();
      SnapshotView first = series.commit("held shared", "held own");
      series.commit("held shared");
      maintenanceFixture.upload(series.owner, "held forgotten");
      maintenanceFixture.nights(GRACE_DAYS + 1);
      series.work();
      assertThat(maintenanceFixture.missing(series.owner, "held forgotten"))
          .as("doomed")
          .hasSize(1);
      series.release(first);
      StorageView before = series.storage();

      ANN.run(() -> holds.set(new EmployeeId(id), CASE));
      for (int night = 0; night < HOLD_DAYS + GRACE_DAYS; night++) {
        maintenanceFixture.nights(1);
        series.work();
      }
      assertThat(series.releaseState(first)).isEqualTo(ReleaseState.HELD);
      series
          .owner
          .agent()
          .call(() -> snapshots.objectNames(series.owner.session(), first.snapshotId()));
      maintenanceFixture.download(series.owner, "held own");
      maintenanceFixture.download(series.owner, "held forgotten");
      assertThat(series.storage()).isEqualTo(before);

      lift(id);
      maintenanceFixture.download(series.owner, "held forgotten");
      series.work();
      assertThat(series.releaseState(first)).isEqualTo(ReleaseState.REMOVED);
      isGone(series.owner, "held forgotten");
      maintenanceFixture.download(series.owner, "held own");
      maintenanceFixture.nights(GRACE_DAYS + 1);
      series.work();
      isGone(series.owner, "held own");
      maintenanceFixture.download(series.owner, "held shared");
    } finally {
      maintenanceFixture.presentDay();
    }
  }

  @Test
  void what_restic_released_is_kept_and_can_come_back_until_it_is_lifted() throws Exception {
    maintenanceFixture.presentDay();
    try {
      MaintenanceFixture.BackupSeries series = maintenanceFixture.series("hold-restic");
      long id = series.employeeId();
      ResticRequest restic = restic(series.owner);
      send(restic, "hold taken back");
      Instant there = Instant.now();
      send(restic, "hold sent again");
      send(restic, "hold never back");
      ANN.run(() -> holds.set(new EmployeeId(id), CASE));
      for (String text : List.of("hold taken back", "hold sent again", "hold never back")) {
        resticDeletions.delete(restic, ResticType.DATA, MaintenanceFixture.name(text));
      }
      StorageView released = series.storage();
      assertThat(released.usedBytes()).isZero();

      for (int passed = 0; passed < HOLD_DAYS + 1; passed++) {
        maintenanceFixture.nights(1);
        work(restic);
      }
      assertThat(stored(restic, "stored_object")).isEqualTo(3);
      assertThat(stored(restic, StoredBytesFixture.CIPHERTEXT))
          .as("the bytes themselves")
          .isEqualTo(3);
      assertThat(series.storage()).isEqualTo(released);
      TakeBackTo moment = new TakeBackTo(there);
      TestCaller me = series.owner.pages();
      TakenBack taken = me.call(() -> ownRestic.takeBack(restic.repository(), moment));
      assertThat(taken.revived()).isEqualTo(1);
      send(restic, "hold sent again");
      assertThat(resticQueries.list(restic, ResticType.DATA, 0)).hasSize(2);

      lift(id);
      work(restic);
      assertThat(stored(restic, "stored_object")).as("it was the legal hold").isEqualTo(2);
      assertThat(stored(restic, StoredBytesFixture.CIPHERTEXT)).isEqualTo(2);
      assertThat(resticQueries.list(restic, ResticType.DATA, 0)).hasSize(2);
      assertThat(series.storage().usedBytes())
          .isEqualTo(MaintenanceFixture.size("hold taken back", "hold sent again"));
      assertThat(series.storage().heldBytes()).isZero();
    } finally {
      maintenanceFixture.presentDay();
    }
  }

  /** The employee's device uses restic. */
  private ResticRequest restic(Enrolled who) throws Exception {
    NewResticCredential given = who.agent().call(() -> deviceResticCommands.give(who.session()));
    String pair = given.username() + ":" + given.password();
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    return new ResticRequest("Basic " + basic, given.repository());
  }

  private void send(ResticRequest restic, String text) {
    byte[] body = MaintenanceFixture.bytes(text);
    resticUploads.receive(
        restic,
        ResticType.DATA,
        MaintenanceFixture.name(text),
        new ResticUploads.IncomingBody(body.length, new ByteArrayInputStream(body)));
  }

  /** The night's work in this repository alone. */
  private void work(ResticRequest restic) throws Exception {
    long id =
        maintenanceFixture.number(
            "select repository_id from repository where restic_id = '" + restic.repository() + "'");
    maintenanceSteps.decide(id, maintenanceFixture.now);
    while (maintenanceSteps.sweep(id, maintenanceFixture.now)) {
      // Batches go on until nothing is left.
    }
  }

  private long stored(ResticRequest restic, String table) throws Exception {
    return maintenanceFixture.number(
        "select count(*) from "
            + table
            + " where repository_id = (select repository_id from repository where restic_id = '"
            + restic.repository()
            + "')");
  }

  private void isGone(Enrolled who, String text) throws Exception {
    ExpectedRefusal.with(
        NOT_FOUND, who.agent(), () -> downloads.size(who.session(), MaintenanceFixture.name(text)));
  }

  @Test
  void the_employee_is_told_unless_the_policy_says_otherwise() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("hold-told");
    enrollmentFixture.optIn(who);
    long id = who.agent().call(directory::me).employeeId();
    assertThat(toldSince(who)).containsOnlyNulls();
    LegalHoldView set = ANN.call(() -> holds.set(new EmployeeId(id), CASE));
    assertThat(toldSince(who)).doesNotContainNull();
    assertThat(who.pages().call(ownBackupQueries::overview).legalHoldSince())
        .isEqualTo(set.setAt());

    PutPolicy hide = new PutPolicy(0L, null, Map.of("showsLegalHold", false), null, null);
    ANN.run(() -> policies.put("employee/" + id, hide));
    assertThat(toldSince(who)).containsOnlyNulls();
    assertThat(who.pages().call(ownBackupQueries::overview).legalHoldSince()).isNull();
    assertThat(HELPDESK.call(() -> detail.of(new EmployeeId(id))).legalHoldSince())
        .isEqualTo(set.setAt());
    String wrap = filed(who).getFirst().wrapId();
    who.agent().run(() -> wraps.revoke(who.session(), wrap, true));
    assertThat(filed(who)).isEmpty();
    assertThat(kept(id)).as("set aside, served to nobody").isEqualTo(1);
    lift(id);
    assertThat(kept(id)).isZero();
  }

  private List<Instant> toldSince(Enrolled who) throws Exception {
    return java.util.Arrays.asList(
        who.agent().call(() -> enrollment.view(Locale.ENGLISH)).legalHoldSince(),
        who.agent().call(() -> devices.context(who.session())).legalHoldSince());
  }

  @Test
  void what_makes_no_sense_or_is_not_allowed_is_refused() throws Exception {
    long id = TestCaller.agent("hold-bad").call(directory::me).employeeId();
    for (String reason : List.of("", "  ", "x".repeat(501), "a\nb", "\u0000")) {
      ExpectedRefusal.with(
          MALFORMED, ANN, () -> holds.set(new EmployeeId(id), new SetLegalHold(reason)));
    }
    ExpectedRefusal.with(NOT_FOUND, ANN, () -> holds.set(new EmployeeId(987654321), CASE));
    ExpectedRefusal.with(NOT_FOUND, ANN, () -> holds.lift(new EmployeeId(987654321)));
    for (TestCaller other : List.of(AUDITOR, HELPDESK, EMPLOYEE)) {
      ExpectedRefusal.byRole(other, () -> holds.set(new EmployeeId(id), CASE));
      ExpectedRefusal.byRole(other, () -> holds.lift(new EmployeeId(id)));
    }
    ExpectedRefusal.byRole(HELPDESK, () -> holds.of(new EmployeeId(id)));
    ExpectedRefusal.byRole(EMPLOYEE, () -> holds.of(new EmployeeId(id)));
    ANN.run(() -> holds.set(new EmployeeId(id), new SetLegalHold("x".repeat(500))));
  }

  private List<WrapView> filed(Enrolled who) throws Exception {
    return who.agent().call(() -> wraps.list(who.session()));
  }

  /** A device has filed a chain and a protection of the next generation. */
  private Rotate prepared(Enrolled who, String setId) throws Exception {
    String chain = EnrollingDevice.newId();
    String digits = EnrollingDevice.newId();
    who.agent()
        .run(
            () -> {
              wraps.put(who.session(), chain, EnrollingDevice.chain(setId, chain, 1));
              wraps.put(
                  who.session(),
                  digits,
                  EnrollingDevice.wrap(setId, digits, WrapMethod.DIGIT_KEY, 2));
            });
    return new Rotate(setId, 2, chain, List.of(digits));
  }

  private int kept(long employeeId) throws Exception {
    try (Connection connection = application.getConnection();
        PreparedStatement rows =
            connection.prepareStatement("select count(*) from held_wrap where employee_id = ?")) {
      rows.setLong(1, employeeId);
      try (ResultSet found = rows.executeQuery()) {
        found.next();
        return found.getInt(1);
      }
    }
  }

  private List<String> audited(String object) throws Exception {
    List<String> actions = new java.util.ArrayList<>();
    try (Connection connection = application.getConnection();
        PreparedStatement rows =
            connection.prepareStatement(
                "select action from audit_event where object = ? order by event_id")) {
      rows.setString(1, object);
      try (ResultSet found = rows.executeQuery()) {
        while (found.next()) {
          actions.add(found.getString(1));
        }
      }
    }
    return actions;
  }
}
