package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.problem.wire.ProblemCode.FORBIDDEN;
import static org.hikae.problem.wire.ProblemCode.MALFORMED;
import static org.hikae.problem.wire.ProblemCode.MISSING_OBJECTS;
import static org.hikae.problem.wire.ProblemCode.NAME_MISMATCH;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;
import static org.hikae.problem.wire.ProblemCode.NOT_OPTED_IN;
import static org.hikae.problem.wire.ProblemCode.TOO_MANY_REQUESTS;

import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.hikae.audit.boundary.AuditQueries;
import org.hikae.audit.view.AuditCriteria;
import org.hikae.backup.boundary.EmployeeSnapshotQueries;
import org.hikae.backup.boundary.MissingObjectQueries;
import org.hikae.backup.boundary.ObjectDownloads;
import org.hikae.backup.boundary.ObjectUploads;
import org.hikae.backup.boundary.RunReportCommands;
import org.hikae.backup.boundary.SnapshotCommits;
import org.hikae.backup.boundary.SnapshotQueries;
import org.hikae.backup.service.ObjectIntake;
import org.hikae.backup.service.ObjectLookup;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.MissingQuery;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.ObjectList;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.boundary.CoverageQueries;
import org.hikae.insight.boundary.DeviceListQueries;
import org.hikae.insight.boundary.EmployeeDetailQueries;
import org.hikae.insight.boundary.EmployeeListQueries;
import org.hikae.insight.boundary.EmployeeVaultEventQueries;
import org.hikae.insight.boundary.ListExport;
import org.hikae.insight.boundary.NameQueries;
import org.hikae.insight.boundary.OwnBackupQueries;
import org.hikae.insight.job.ProtectionDayJob;
import org.hikae.insight.job.RunPeriodJob;
import org.hikae.insight.job.StorageDayJob;
import org.hikae.insight.system.boundary.JobQueries;
import org.hikae.insight.system.view.JobView;
import org.hikae.insight.system.view.SystemJob;
import org.hikae.insight.view.BackupVerdictState;
import org.hikae.insight.view.DeviceCriteria;
import org.hikae.insight.view.DeviceDetail;
import org.hikae.insight.view.DevicePage;
import org.hikae.insight.view.EmployeeCriteria;
import org.hikae.insight.view.EmployeeDetail;
import org.hikae.insight.view.EmployeeRow;
import org.hikae.insight.view.ExportedList;
import org.hikae.insight.view.OwnOverview;
import org.hikae.insight.view.ProtectedDay;
import org.hikae.it.container.fixture.EnrollingDevice;
import org.hikae.it.container.fixture.EnrollmentFixture;
import org.hikae.it.container.fixture.EnrollmentFixture.Enrolled;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.problem.control.PageRequest;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Objects, snapshots, runs and the figures made of them. Time budget: 20 seconds on each database
 * beside the server's start.
 */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class BackupContainerIT {

  @Inject private EnrollmentFixture enrollmentFixture;
  @Inject private ObjectUploads uploads;
  @Inject private ObjectDownloads downloads;
  @Inject private ObjectIntake intake;
  @Inject private MissingObjectQueries missingObjects;
  @Inject private ObjectLookup objectLookup;
  @Inject private SnapshotCommits commits;
  @Inject private SnapshotQueries snapshots;
  @Inject private RunReportCommands runs;
  @Inject private EmployeeListQueries employees;
  @Inject private EmployeeDetailQueries details;
  @Inject private CoverageQueries coverage;
  @Inject private OwnBackupQueries own;
  @Inject private DeviceListQueries devices;
  @Inject private JobQueries jobs;
  @Inject private EmployeeSnapshotQueries employeeSnapshotQueries;
  @Inject private EmployeeVaultEventQueries vaultEvents;
  @Inject private ListExport export;
  @Inject private NameQueries names;
  @Inject private ProtectionDayJob protectionDayJob;
  @Inject private RunPeriodJob runPeriodJob;
  @Inject private StorageDayJob storageDayJob;
  @Inject private AuditQueries auditQueries;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String name(String text) {
    return Hash256.sha256(bytes(text)).hex();
  }

  private boolean upload(Enrolled who, String text) throws Exception {
    byte[] body = bytes(text);
    return who.agent()
        .call(
            () ->
                uploads.receive(
                    who.session(), name(text), body.length, new ByteArrayInputStream(body)));
  }

  private String download(Enrolled who, String text) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    who.agent().run(() -> downloads.open(who.session(), name(text), null).body().writeTo(out));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static CommitSnapshot first(String setId, String root, String pack) {
    Hash256 packName = Hash256.sha256(bytes(pack));
    return new CommitSnapshot(
        setId,
        1,
        1,
        Hash256.ZERO.hex(),
        name(root),
        ObjectList.hash(List.of(packName)).hex(),
        List.of(packName.hex()),
        List.of(),
        1,
        100);
  }

  @Test
  void objects_are_stored_once_and_read_back_by_their_owner_only() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("bak-objects");
    String setId = enrollmentFixture.optIn(who);
    assertThat(setId).hasSize(32);
    assertThat(upload(who, "ciphertext")).isTrue();
    assertThat(upload(who, "ciphertext")).isFalse();
    assertThat(download(who, "ciphertext")).isEqualTo("ciphertext");
    assertThat(who.agent().call(() -> downloads.size(who.session(), name("ciphertext"))))
        .isEqualTo(10);
    Hash256 stored = Hash256.sha256(bytes("ciphertext"));
    assertThat(who.agent().call(() -> objectLookup.find(who.session(), stored)).size())
        .isEqualTo(10);
    MissingQuery query = new MissingQuery(List.of(name("ciphertext"), name("other")));
    assertThat(who.agent().call(() -> missingObjects.of(who.session(), query)).missing())
        .containsExactly(name("other"));

    Enrolled other = enrollmentFixture.enrolled("bak-objects-other");
    enrollmentFixture.optIn(other);
    ExpectedRefusal.with(
        NOT_FOUND, other.agent(), () -> downloads.size(other.session(), name("ciphertext")));
    assertThat(other.agent().call(() -> missingObjects.of(other.session(), query)).missing())
        .hasSize(2);
  }

  @Test
  void bytes_under_a_wrong_name_and_bytes_before_opting_in_are_refused() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("bak-wrong");
    byte[] body = bytes("x");
    ExpectedRefusal.with(
        NOT_OPTED_IN,
        who.agent(),
        () -> uploads.receive(who.session(), name("x"), 1, new ByteArrayInputStream(body)));
    enrollmentFixture.optIn(who);
    ExpectedRefusal.with(
        NAME_MISMATCH,
        who.agent(),
        () -> uploads.receive(who.session(), name("y"), 1, new ByteArrayInputStream(body)));
    ExpectedRefusal.with(NOT_FOUND, who.agent(), () -> downloads.size(who.session(), name("x")));
  }

  @Test
  void a_snapshot_is_committed_when_all_it_needs_is_there_and_then_counts() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("bak-snapshot");
    String setId = enrollmentFixture.optIn(who);
    CommitSnapshot commit = first(setId, "root", "pack");
    upload(who, "root");
    ExpectedRefusal.with(MISSING_OBJECTS, who.agent(), () -> commits.commit(who.session(), commit));
    upload(who, "pack");
    SnapshotView made = who.agent().call(() -> commits.commit(who.session(), commit)).snapshot();
    assertThat(who.agent().call(() -> commits.commit(who.session(), commit)).fresh()).isFalse();
    assertThat(
            who.agent()
                .call(() -> snapshots.page(who.session(), new PageRequest(10), null, null))
                .snapshots())
        .extracting(SnapshotView::snapshotId)
        .containsExactly(made.snapshotId());
    assertThat(who.agent().call(() -> snapshots.objectNames(who.session(), made.snapshotId())))
        .isEqualTo(Hash256.sha256(bytes("pack")).toBytes());

    reportBackup(who);
    OwnOverview overview = who.pages().call(own::overview);
    assertThat(overview.snapshots()).isEqualTo(1);
    assertThat(overview.lastBackupAt()).isNotNull();
    EmployeeRow row = row("bak-snapshot");
    assertThat(row.optIn()).isEqualTo(OptInState.OPTED_IN);
    assertThat(row.storedBytes()).isEqualTo(8);
    assertThat(row.lastRun()).isNotNull();
    EmployeeDetail detail =
        EnrollmentFixture.ADMIN.call(() -> details.of(new EmployeeId(row.employeeId())));
    assertThat(detail.runs()).hasSize(1);
    assertThat(detail.devices()).hasSize(1);
    assertThat(detail.protections()).hasSize(1);
    ExpectedRefusal.with(
        NOT_FOUND, EnrollmentFixture.ADMIN, () -> details.of(new EmployeeId(Long.MAX_VALUE)));
    assertThat(
            EnrollmentFixture.ADMIN.call(
                () ->
                    employeeSnapshotQueries.page(
                        new EmployeeId(row.employeeId()), null, new PageRequest(10))))
        .isEqualTo(
            who.agent().call(() -> snapshots.page(who.session(), new PageRequest(10), null, null)));
    requireHelped(new EmployeeId(row.employeeId()));
    assertThat(who.pages().call(own::verdict).state()).isEqualTo(BackupVerdictState.PROTECTED);
    requireInLists(who.laptop().id(), row);
    assertThat(
            EnrollmentFixture.ADMIN.call(
                () -> vaultEvents.newest(new EmployeeId(row.employeeId()))))
        .isEmpty();
    assertThat(EnrollmentFixture.ADMIN.call(coverage::storage).liveBytes())
        .isGreaterThanOrEqualTo(8);
    assertThat(EnrollmentFixture.ADMIN.call(jobs::jobs))
        .extracting(JobView::job)
        .startsWith(SystemJob.NIGHT, SystemJob.SCRUB, SystemJob.DIRECTORY, SystemJob.AUDIT_TRAIL);
    assertThat(EnrollmentFixture.ADMIN.call(coverage::coverage).people().optedIn()).isPositive();
  }

  /** The help desk sees how the employee stands, what they were told and whether they may begin. */
  private void requireHelped(EmployeeId employee) throws Exception {
    TestCaller helper = TestCaller.portal("helper", RealmNames.EMPLOYEE, RealmNames.HELPDESK);
    assertThat(helper.call(() -> details.verdict(employee)).state())
        .isEqualTo(BackupVerdictState.PROTECTED);
    assertThat(helper.call(() -> details.notices(employee))).isNotEmpty();
    assertThat(helper.call(() -> details.offer(employee)).offered()).isTrue();
    EmployeeId nobody = new EmployeeId(Long.MAX_VALUE);
    ExpectedRefusal.with(NOT_FOUND, helper, () -> details.verdict(nobody));
    ExpectedRefusal.with(NOT_FOUND, helper, () -> details.notices(nobody));
    ExpectedRefusal.with(NOT_FOUND, helper, () -> details.offer(nobody));
    TestCaller other = TestCaller.portal("emp", RealmNames.EMPLOYEE);
    ExpectedRefusal.byRole(other, () -> details.verdict(employee));
    ExpectedRefusal.byRole(other, () -> details.notices(employee));
    ExpectedRefusal.byRole(other, () -> details.offer(employee));
    assertThat(helper.call(coverage::worsened).late()).isNotNegative();
    ExpectedRefusal.byRole(other, coverage::worsened);
    ExpectedRefusal.byRole(other, () -> coverage.runHours(ZoneOffset.UTC));
  }

  private ProtectedDay notedToday() throws Exception {
    protectionDayJob.note();
    List<ProtectedDay> today = EnrollmentFixture.ADMIN.call(() -> coverage.protectedDays(1));
    assertThat(today).hasSize(1);
    return today.getFirst();
  }

  private void reportBackup(Enrolled who) throws Exception {
    Instant began = Instant.parse("2026-01-01T00:00:00Z");
    Instant ended = began.plusSeconds(60);
    RunResult good = RunResult.SUCCESS;
    RunReport report =
        new RunReport(
            RunReport.Kind.BACKUP, good, began, ended, "1.0", 1, 0, 100, 100, 0, 60_000, null);
    who.agent().run(() -> runs.report(who.session(), EnrollingDevice.newId(), report));
  }

  private void requireInLists(String expected, EmployeeRow row) throws Exception {
    DeviceCriteria newest =
        new DeviceCriteria(DeviceState.ACTIVE, null, null, null, null, null, true);
    assertThat(
            EnrollmentFixture.ADMIN
                .call(() -> devices.page(newest, null, new PageRequest(1)))
                .devices())
        .singleElement()
        .satisfies(device -> assertThat(device.employeeId()).isEqualTo(row.employeeId()));
    DeviceCriteria fresh =
        new DeviceCriteria(null, null, null, DeviceCriteria.Age.FRESH, null, null, true);
    String deviceId =
        EnrollmentFixture.ADMIN
            .call(() -> devices.page(fresh, null, new PageRequest(1)))
            .devices()
            .getFirst()
            .deviceId();
    assertThat(deviceId).isEqualTo(expected);
    DeviceDetail device = EnrollmentFixture.ADMIN.call(() -> devices.of(deviceId));
    assertThat(device.snapshots()).isEqualTo(1);
    assertThat(device.runs()).hasSize(1);
  }

  @Test
  void rows_are_read_by_identifier_and_the_overview_says_what_happened_lately() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("lately");
    String setId = enrollmentFixture.optIn(who);
    EmployeeRow row = row("lately");
    String deviceId = who.laptop().id();
    assertThat(EnrollmentFixture.ADMIN.call(() -> devices.some(List.of(deviceId, "0".repeat(32)))))
        .extracting(DevicePage.Entry::deviceId)
        .containsExactly(deviceId);
    assertThat(
            EnrollmentFixture.ADMIN.call(
                () -> employees.some(List.of(row.employeeId(), Long.MAX_VALUE))))
        .containsExactly(row);
    assertThat(EnrollmentFixture.ADMIN.call(coverage::lastDay))
        .satisfies(day -> assertThat(day.added()).isPositive())
        .satisfies(day -> assertThat(day.told()).hasSize(3));
    EnrollmentFixture.ADMIN.call(coverage::departmentsBehind);
    EnrollmentFixture.ADMIN.run(coverage::departmentsChanged);
    storageDayJob.note();
    storageDayJob.note();
    assertThat(
            EnrollmentFixture.ADMIN.call(() -> names.called("no one is called so")).employeeIds())
        .isEmpty();
    assertThat(EnrollmentFixture.ADMIN.call(() -> names.called(row.displayName())).employeeIds())
        .contains(row.employeeId());
    ProtectedDay before = notedToday();
    upload(who, "root");
    upload(who, "pack");
    who.agent().run(() -> commits.commit(who.session(), first(setId, "root", "pack")));
    reportBackup(who);
    runPeriodJob.note();
    assertThat(EnrollmentFixture.ADMIN.call(() -> coverage.runHours(ZoneOffset.UTC)).total())
        .isPositive();
    ProtectedDay after = notedToday();
    assertThat(after.freshDevices()).as("one more").isEqualTo(before.freshDevices() + 1);
    assertThat(after.devices()).isEqualTo(before.devices()).isPositive();
    assertThat(after.optedIn()).isBetween(1L, after.employees());
    assertThat(EnrollmentFixture.ADMIN.call(() -> coverage.storedDays(1)))
        .singleElement()
        .satisfies(day -> assertThat(day.liveBytes()).isNotNegative())
        .satisfies(day -> assertThat(day.quotaBytes()).isGreaterThan(day.liveBytes()));
    assertThat(EnrollmentFixture.ADMIN.call(jobs::nextDue)).containsKey(SystemJob.AUDIT_TRAIL);
  }

  private EmployeeRow row(String username) throws Exception {
    EmployeeCriteria query =
        new EmployeeCriteria(username, null, null, false, EmployeeCriteria.Sort.NAME, false);
    EmployeeListQueries.EmployeeListRows found =
        EnrollmentFixture.ADMIN.call(() -> employees.found(query, 0, new PageRequest(10)));
    assertThat(found.total()).isPositive();
    assertThat(EnrollmentFixture.ADMIN.call(() -> employees.rows(query, 0, new PageRequest(10))))
        .isEqualTo(found.employees());
    return found.employees().getFirst();
  }

  @Test
  void figures_of_all_are_for_those_who_run_the_portal() throws Exception {
    EmployeeCriteria query =
        new EmployeeCriteria("", null, null, false, EmployeeCriteria.Sort.NAME, false);
    TestCaller.portal("helper", RealmNames.EMPLOYEE, RealmNames.HELPDESK)
        .run(() -> employees.rows(query, 0, new PageRequest(10)));
    TestCaller.portal("auditor", RealmNames.EMPLOYEE, RealmNames.AUDITOR)
        .run(() -> employees.rows(query, 0, new PageRequest(10)));
    ExpectedRefusal.byRole(
        TestCaller.portal("emp", RealmNames.EMPLOYEE),
        () -> employees.rows(query, 0, new PageRequest(10)));
    ExpectedRefusal.byRole(
        TestCaller.agent("emp"), () -> employees.rows(query, 0, new PageRequest(10)));
    ExpectedRefusal.byRole(
        TestCaller.portal("emp", RealmNames.EMPLOYEE),
        () -> employees.found(query, 0, new PageRequest(10)));
    ExpectedRefusal.byRole(
        TestCaller.portal("emp", RealmNames.EMPLOYEE), () -> details.of(new EmployeeId(1)));
    DeviceCriteria all = new DeviceCriteria(null, null, null, null, null, null, false);
    TestCaller helper = TestCaller.portal("helper", RealmNames.EMPLOYEE, RealmNames.HELPDESK);
    helper.run(() -> devices.page(all, null, new PageRequest(10)));
    helper.run(jobs::jobs);
    ExpectedRefusal.with(
        NOT_FOUND,
        helper,
        () ->
            employeeSnapshotQueries.page(
                new EmployeeId(Long.MAX_VALUE), null, new PageRequest(10)));
    ExpectedRefusal.with(MALFORMED, helper, () -> devices.page(all, "1.2", new PageRequest(10)));
    ExpectedRefusal.byRole(
        TestCaller.portal("emp", RealmNames.EMPLOYEE),
        () -> devices.page(all, null, new PageRequest(10)));
    ExpectedRefusal.with(NOT_FOUND, helper, () -> devices.of("0".repeat(32)));
    ExpectedRefusal.with(
        NOT_FOUND, helper, () -> vaultEvents.newest(new EmployeeId(Long.MAX_VALUE)));
    ExpectedRefusal.byRole(
        TestCaller.portal("emp", RealmNames.EMPLOYEE), () -> devices.of("0".repeat(32)));
    ExpectedRefusal.byRole(
        TestCaller.portal("emp", RealmNames.EMPLOYEE), () -> vaultEvents.newest(new EmployeeId(1)));
    ExpectedRefusal.byRole(TestCaller.portal("emp", RealmNames.EMPLOYEE), jobs::jobs);
    ExpectedRefusal.byRole(
        TestCaller.portal("emp", RealmNames.EMPLOYEE),
        () -> employeeSnapshotQueries.page(new EmployeeId(1), null, new PageRequest(10)));
    ExpectedRefusal.byRole(TestCaller.portal("emp", RealmNames.EMPLOYEE), coverage::coverage);
    ExpectedRefusal.byRole(TestCaller.portal("emp", RealmNames.EMPLOYEE), coverage::lastDay);
    ExpectedRefusal.byRole(
        TestCaller.portal("emp", RealmNames.EMPLOYEE), coverage::departmentsBehind);
    ExpectedRefusal.byRole(
        TestCaller.portal("emp", RealmNames.EMPLOYEE), coverage::departmentsChanged);
    ExpectedRefusal.byRole(
        TestCaller.portal("emp", RealmNames.EMPLOYEE), () -> coverage.storedDays(1));
    ExpectedRefusal.byRole(TestCaller.portal("emp", RealmNames.EMPLOYEE), jobs::nextDue);
    ExpectedRefusal.byRole(
        TestCaller.portal("emp", RealmNames.EMPLOYEE), () -> devices.some(List.of()));
    ExpectedRefusal.byRole(
        TestCaller.portal("emp", RealmNames.EMPLOYEE), () -> employees.some(List.of()));
    ExpectedRefusal.with(FORBIDDEN, TestCaller.agent("emp"), own::overview);
    ExpectedRefusal.byRole(TestCaller.portal("nobody-2"), own::overview);
    ExpectedRefusal.byRole(
        TestCaller.portal("nobody-2"), () -> intake.admit(null, Hash256.ZERO, 0));
  }

  private String exported(TestCaller staff, ExportedList kind, Writing writing) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    staff.run(
        () -> {
          export.begin(kind);
          writing.to(out);
        });
    return out.toString(StandardCharsets.UTF_8);
  }

  private interface Writing {
    void to(ByteArrayOutputStream out) throws Exception;
  }

  @Test
  void lists_are_exported_for_spreadsheets_and_nothing_in_them_is_a_formula() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("=cmd|'/c calc'!A1");
    enrollmentFixture.optIn(who);
    TestCaller helper = TestCaller.portal("sheet-helper", RealmNames.EMPLOYEE, RealmNames.HELPDESK);
    EmployeeCriteria byName =
        new EmployeeCriteria("=cmd", null, null, false, EmployeeCriteria.Sort.NAME, false);
    String employees =
        exported(
            helper,
            ExportedList.EMPLOYEES,
            out -> export.employees(byName, ListExport.Format.CSV, out));
    assertThat(employees).startsWith("\uFEFFemployeeId,displayName,");
    assertThat(employees.lines()).hasSize(2);
    assertThat(employees).contains(",'=cmd|'/c calc'!A1,").doesNotContain(",=");
    DeviceCriteria all = new DeviceCriteria(null, null, null, null, null, null, false);
    assertThat(
            exported(
                helper,
                ExportedList.DEVICES,
                out -> export.devices(all, ListExport.Format.CSV, out)))
        .startsWith("\uFEFFdeviceId,name,")
        .contains(who.laptop().id());
    AuditCriteria exports = new AuditCriteria(null, null, null, null, "list.export", null);
    assertThat(
            EnrollmentFixture.ADMIN
                .call(() -> auditQueries.page(exports, null, new PageRequest(10)))
                .events())
        .hasSize(2);
    TestCaller emp = TestCaller.portal("emp", RealmNames.EMPLOYEE);
    ExpectedRefusal.byRole(emp, () -> export.begin(ExportedList.EMPLOYEES));
    ExpectedRefusal.byRole(
        emp, () -> export.employees(byName, ListExport.Format.XLSX, new ByteArrayOutputStream()));
    for (int i = 2; i < 20; i++) {
      helper.run(() -> export.begin(ExportedList.DEVICES));
    }
    ExpectedRefusal.with(TOO_MANY_REQUESTS, helper, () -> export.begin(ExportedList.DEVICES));
  }
}
