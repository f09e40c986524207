package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.problem.wire.ProblemCode.ANOTHER_PERSON;
import static org.hikae.problem.wire.ProblemCode.EMPLOYEE_ACTIVE;
import static org.hikae.problem.wire.ProblemCode.MALFORMED;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;
import static org.hikae.problem.wire.ProblemCode.REAUTHENTICATE;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.hikae.audit.boundary.AuditExport;
import org.hikae.audit.boundary.AuditQueries;
import org.hikae.audit.boundary.RefusalAudit;
import org.hikae.audit.service.AuditChain;
import org.hikae.audit.view.AuditCriteria;
import org.hikae.audit.view.AuditPage;
import org.hikae.audit.view.AuditRow;
import org.hikae.audit.view.AuditVerdict;
import org.hikae.caller.boundary.ServiceAccountQueries;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.view.ServiceAccountList;
import org.hikae.identity.boundary.AboutQueries;
import org.hikae.identity.boundary.DirectoryCommands;
import org.hikae.identity.boundary.MassLeaveCommands;
import org.hikae.identity.control.DirectoryPerson;
import org.hikae.identity.job.DirectoryWriter;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.value.MassLeaveId;
import org.hikae.identity.view.EmployeeView;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.system.boundary.HealthQueries;
import org.hikae.insight.system.view.HealthReport.AuditTrailHealth;
import org.hikae.insight.system.view.HealthReport.DatabaseAvailability;
import org.hikae.insight.system.view.HealthReport.StorageAvailability;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.lifecycle.boundary.NameErasure;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.rollout.boundary.CampaignCommands;
import org.hikae.rollout.boundary.CampaignQueries;
import org.hikae.rollout.boundary.OfferCommands;
import org.hikae.rollout.service.RolloutDecision;
import org.hikae.rollout.value.CampaignId;
import org.hikae.rollout.value.WaveId;
import org.hikae.rollout.view.AudiencePreview;
import org.hikae.rollout.view.CampaignView;
import org.hikae.rollout.view.ListChange;
import org.hikae.rollout.view.PickedWave;
import org.hikae.rollout.view.PutCampaign;
import org.hikae.rollout.view.PutWave;
import org.hikae.rollout.view.WaveView;
import org.hikae.vault.view.VaultStatus;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The directory, the trail, the rollout and the database's own rights. Time budget: 20 seconds on
 * each database beside the server's start.
 */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class AdministrationContainerIT {

  private static final TestCaller ADMIN =
      TestCaller.portal("admin-1", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);
  private static final TestCaller AUDITOR =
      TestCaller.portal("auditor-1", RealmNames.EMPLOYEE, RealmNames.AUDITOR);
  private static final TestCaller HELPDESK =
      TestCaller.portal("helpdesk-1", RealmNames.EMPLOYEE, RealmNames.HELPDESK);
  private static final TestCaller EMPLOYEE = TestCaller.portal("employee-1", RealmNames.EMPLOYEE);

  @Inject private CurrentCaller currentCaller;
  @Inject private EmployeeDirectory directory;
  @Inject private DirectoryWriter directoryWriter;
  @Inject private DirectoryCommands directoryCommands;
  @Inject private MassLeaveCommands massLeaves;
  @Inject private OfferCommands offers;
  @Inject private CampaignCommands campaigns;
  @Inject private CampaignQueries campaignQueries;
  @Inject private RolloutDecision rollout;
  @Inject private AuditQueries auditQueries;
  @Inject private AuditExport auditExport;
  @Inject private NameErasure nameErasure;
  @Inject private ServiceAccountQueries serviceAccounts;
  @Inject private AuditChain chain;
  @Inject private RefusalAudit refusalAudit;
  @Inject private AboutQueries about;
  @Inject private HealthQueries health;

  @Resource(lookup = "java:jboss/datasources/HikaeDS")
  private DataSource application;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @Test
  void the_caller_is_who_the_token_says() throws Exception {
    TestCaller who = TestCaller.agent("sub-1", "/sales").called("taro");
    var caller = who.call(currentCaller::caller);
    assertThat(caller.issuer()).isEqualTo(TestCaller.ISSUER);
    assertThat(caller.subject()).isEqualTo("sub-1");
    assertThat(caller.clientId()).isEqualTo(RealmNames.AGENT_CLIENT);
    assertThat(caller.roles()).containsExactly(RealmNames.EMPLOYEE);
    assertThat(caller.groups()).containsExactly("/sales");
    assertThat(caller.names().username()).isEqualTo("taro");
    assertThat(currentCaller.callerIfAny()).isEmpty();
    who.run(currentCaller::recentlySignedIn);
    ExpectedRefusal.with(
        REAUTHENTICATE,
        who.signedInBefore(Duration.ofMinutes(11)),
        currentCaller::recentlySignedIn);
  }

  @Test
  void a_renamed_employee_stays_and_a_new_account_of_the_old_name_is_someone_else()
      throws Exception {
    EmployeeView before = TestCaller.agent("sub-old").called("hanako").call(directory::me);
    EmployeeView renamed = TestCaller.agent("sub-old").called("hanako.sato").call(directory::me);
    EmployeeView successor = TestCaller.agent("sub-new").called("hanako").call(directory::me);
    assertThat(renamed.employeeId()).isEqualTo(before.employeeId());
    assertThat(successor.employeeId()).isNotEqualTo(before.employeeId());
  }

  @Test
  void a_sync_knows_people_who_never_signed_in_and_shuts_out_who_is_disabled_or_gone()
      throws Exception {
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    DirectoryPerson person = new DirectoryPerson("sub-sync", "jiro", "Jiro", null, true);
    Map<String, Set<String>> groups = Map.of("sub-sync", Set.of("/sync/north"));
    assertThat(directoryWriter.apply(TestCaller.ISSUER, List.of(person), groups, at).added())
        .isEqualTo(1);
    assertThat(directoryWriter.apply(TestCaller.ISSUER, List.of(person), groups, at))
        .isEqualTo(new DirectoryWriter.Applied(0, 0, List.of()));
    DirectoryPerson alone = new DirectoryPerson("sub-alone", "saburo", "Saburo", null, true);
    directoryWriter.apply(TestCaller.ISSUER, List.of(alone), groups, at);
    assertThat(
            directoryWriter.groupless(
                TestCaller.ISSUER, List.of("sub-sync", "sub-alone", "sub-nobody")))
        .containsExactly("sub-alone");
    EmployeeView me = TestCaller.agent("sub-sync").call(directory::me);
    assertThat(me.displayName()).isEqualTo("Jiro");
    assertThat(me.groups()).containsExactly("/sync/north");

    assertThat(rollout.offered(me.employeeId())).isFalse();
    ADMIN.run(() -> offers.offer("/sync"));
    assertThat(rollout.offered(me.employeeId())).isTrue();
    ADMIN.run(() -> offers.takeBack("/sync"));
    assertThat(rollout.offered(me.employeeId())).isFalse();

    DirectoryPerson disabled = new DirectoryPerson("sub-sync", "jiro", "Jiro", null, false);
    List<DirectoryWriter.FoundLeaver> foundLeaver =
        directoryWriter
            .apply(TestCaller.ISSUER, List.of(disabled), groups, at.plusSeconds(1))
            .leaving();
    TestCaller.agent("sub-sync").run(directory::me);
    directoryWriter.mark(foundLeaver, at.plusSeconds(1));
    ExpectedRefusal.with(
        ProblemCode.EMPLOYEE_DISABLED, TestCaller.agent("sub-sync"), directory::me);
    directoryWriter.apply(TestCaller.ISSUER, List.of(person), groups, at.plusSeconds(2));
    TestCaller.agent("sub-sync").run(directory::me);
    DirectoryWriter.FoundLeaver gone = new DirectoryWriter.FoundLeaver(me.employeeId(), true, true);
    directoryWriter.mark(List.of(gone), at.plusSeconds(3));
    ExpectedRefusal.with(
        ProblemCode.EMPLOYEE_DISABLED, TestCaller.agent("sub-sync"), directory::me);
  }

  @Test
  void offers_are_made_by_administrators_and_seen_by_auditors() throws Exception {
    assertThat(ADMIN.call(() -> offers.offer("/made")).created()).isTrue();
    assertThat(ADMIN.call(() -> offers.offer("/made")).created()).isFalse();
    assertThat(AUDITOR.call(offers::list)).anyMatch(offer -> offer.group().equals("/made"));
    ADMIN.run(() -> offers.takeBack("/made"));
    ExpectedRefusal.with(NOT_FOUND, ADMIN, () -> offers.takeBack("/made"));
    ExpectedRefusal.with(MALFORMED, ADMIN, () -> offers.offer("no-slash"));
    for (TestCaller other : List.of(AUDITOR, HELPDESK, EMPLOYEE)) {
      ExpectedRefusal.byRole(other, () -> offers.offer("/made"));
      ExpectedRefusal.byRole(other, () -> offers.takeBack("/made"));
      ExpectedRefusal.byRole(other, directoryCommands::readAll);
      ExpectedRefusal.byRole(other, directoryCommands::readChanges);
      ExpectedRefusal.byRole(other, () -> directoryCommands.confirm(new MassLeaveId(1)));
      ExpectedRefusal.byRole(other, () -> massLeaves.dismiss(new MassLeaveId(1)));
    }
    ExpectedRefusal.byRole(HELPDESK, offers::list);
  }

  @Test
  void a_campaign_is_made_with_all_its_waves_and_picked_people_or_not_at_all() throws Exception {
    EmployeeId shiro = employee("Shiro-Picked");
    EmployeeId goro = employee("goro-picked");
    PutCampaign wanted = new PutCampaign("with its waves", null, List.of());
    PutWave list = new PutWave("pilot", null, null, null);
    PickedWave pilot = new PickedWave(list, new ListChange(Set.of(shiro), Set.of()));
    PickedWave rest = new PickedWave(new PutWave("rest", null, null, 100), ListChange.NONE);
    PickedWave wrong = new PickedWave(new PutWave("wrong", null, List.of(), null), ListChange.NONE);
    PickedWave mixed = new PickedWave(rest.wave(), pilot.people());
    long before = campaignCount();
    ExpectedRefusal.with(MALFORMED, ADMIN, () -> campaigns.create(wanted, List.of(pilot, wrong)));
    ExpectedRefusal.with(
        ProblemCode.CONFLICT, ADMIN, () -> campaigns.create(wanted, List.of(pilot, mixed)));
    assertThat(campaignCount()).isEqualTo(before);

    CampaignView made = ADMIN.call(() -> campaigns.create(wanted, List.of(pilot, rest)));
    assertThat(campaignCount()).isEqualTo(before + 1);
    assertThat(made.waves()).extracting(WaveView::number).containsExactly(1, 2);
    assertThat(made.waves()).extracting(WaveView::soakDays).containsExactly(0, 3);
    CampaignId id = new CampaignId(made.campaignId());
    WaveId wave = new WaveId(made.waves().getFirst().waveId());
    assertThat(names(id, wave)).containsExactly("shiro-picked");

    ListChange change = new ListChange(Set.of(goro), Set.of(shiro));
    AudiencePreview seen =
        AUDITOR.call(() -> campaignQueries.picked(id, wave, change, null, new PageRequest(5)));
    assertThat(seen.page())
        .extracting(AudiencePreview.Someone::username)
        .containsExactly("goro-picked");
    assertThat(names(id, wave)).as("nothing is saved").containsExactly("shiro-picked");
    ADMIN.run(() -> campaigns.editWave(id, wave, made.edition(), new PickedWave(list, change)));
    assertThat(names(id, wave)).containsExactly("goro-picked");
    Set<EmployeeId> many =
        LongStream.rangeClosed(1, ListChange.MOST + 1)
            .mapToObj(EmployeeId::new)
            .collect(Collectors.toSet());
    PickedWave crowded = new PickedWave(list, new ListChange(many, Set.of()));
    ExpectedRefusal.with(MALFORMED, ADMIN, () -> campaigns.addWave(id, crowded));
    ExpectedRefusal.byRole(EMPLOYEE, () -> campaignQueries.named("shiro", new PageRequest(5)));
  }

  /** Somebody who is found by a part of their name, in any case. */
  private EmployeeId employee(String name) throws Exception {
    TestCaller.agent("sub-" + name).called(name.toLowerCase(Locale.ROOT)).run(directory::me);
    List<AudiencePreview.Someone> found =
        ADMIN.call(() -> campaignQueries.named(name, new PageRequest(2)));
    assertThat(found).hasSize(1);
    return new EmployeeId(found.getFirst().employeeId());
  }

  private List<String> names(CampaignId campaign, WaveId wave) throws Exception {
    return AUDITOR.call(() -> campaignQueries.first(campaign, wave, new PageRequest(5))).stream()
        .map(AudiencePreview.Someone::username)
        .toList();
  }

  private long campaignCount() throws Exception {
    return AUDITOR
        .call(() -> campaignQueries.list(null, null, new PageRequest(CampaignQueries.MAX_PAGE)))
        .campaigns()
        .size();
  }

  @Test
  void the_trail_holds_what_was_done_and_by_whom_and_is_intact() throws Exception {
    ADMIN.run(() -> offers.offer("/trail"));
    AuditPage page =
        AUDITOR.call(() -> auditQueries.page(AuditCriteria.ALL, null, new PageRequest(2)));
    AuditRow made =
        page.events().stream()
            .filter(event -> event.object().equals("group:/trail"))
            .findFirst()
            .orElseThrow();
    assertThat(made.action()).isEqualTo("rollout.offer");
    assertThat(made.actorSubject()).isEqualTo(ADMIN.subject());
    assertThat(made.names()).contains("displayName");
    while (chain.link()) {
      // Each turn is a transaction.
    }
    AuditVerdict verdict = AUDITOR.call(() -> auditQueries.verify(0));
    assertThat(verdict.intact()).as("%s", verdict).isTrue();
    assertThat(verdict.complete()).isTrue();
    assertThat(verdict.vault()).isEqualTo(AuditVerdict.Vault.NONE);
    AuditPage second =
        AUDITOR.call(() -> auditQueries.page(AuditCriteria.ALL, page.next(), new PageRequest(50)));
    assertThat(second.events()).doesNotContainAnyElementsOf(page.events());
    AuditCriteria mine =
        new AuditCriteria(null, null, ADMIN.subject(), null, "rollout.offer", "group:/trail");
    assertThat(AUDITOR.call(() -> auditQueries.page(mine, null, new PageRequest(50))).events())
        .extracting(AuditRow::object)
        .containsOnly("group:/trail");
    ExpectedRefusal.byRole(
        HELPDESK, () -> auditQueries.page(AuditCriteria.ALL, null, new PageRequest(50)));
    ExpectedRefusal.byRole(EMPLOYEE, () -> auditQueries.verify(0));
    ExpectedRefusal.with(
        MALFORMED, AUDITOR, () -> auditQueries.page(AuditCriteria.ALL, null, new PageRequest(0)));
    ExpectedRefusal.with(
        MALFORMED, AUDITOR, () -> auditQueries.page(AuditCriteria.ALL, "x.y", new PageRequest(1)));
  }

  @Test
  void exports_are_written_for_auditors_and_leave_their_trace() throws Exception {
    AuditCriteria none = new AuditCriteria(null, null, null, null, "no.such.action", null);
    AuditExport.PreparedExport job =
        AUDITOR.call(() -> auditExport.begin(none, AuditExport.Format.JSONL));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    AUDITOR.run(() -> write(job, file));
    List<String> lines = file.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).contains("\"action\":\"no.such.action\"");
    assertThat(lines.getLast()).contains("\"events\":0", "\"receipt\":\"\"");
    AuditCriteria exports =
        new AuditCriteria(null, null, AUDITOR.subject(), null, "audit.export", null);
    assertThat(AUDITOR.call(() -> auditQueries.page(exports, null, new PageRequest(50))).events())
        .isNotEmpty();
    ExpectedRefusal.byRole(HELPDESK, () -> auditExport.begin(none, AuditExport.Format.CSV));
    ExpectedRefusal.byRole(HELPDESK, () -> auditExport.begin(none, AuditExport.Format.XLSX));
  }

  private void write(AuditExport.PreparedExport job, OutputStream to) {
    try {
      auditExport.write(job, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void names_are_erased_by_administrators_who_signed_in_recently() throws Exception {
    TestCaller old = ADMIN.signedInBefore(Duration.ofMinutes(11));
    ExpectedRefusal.with(REAUTHENTICATE, old, () -> nameErasure.erase(new EmployeeId(1)));
    ExpectedRefusal.with(NOT_FOUND, ADMIN, () -> nameErasure.erase(new EmployeeId(Long.MAX_VALUE)));
    ExpectedRefusal.byRole(AUDITOR, () -> nameErasure.erase(new EmployeeId(1)));
    long own = ADMIN.call(directory::me).employeeId();
    ExpectedRefusal.with(ANOTHER_PERSON, ADMIN, () -> nameErasure.erase(new EmployeeId(own)));
    long active = TestCaller.agent("sub-active").call(directory::me).employeeId();
    ExpectedRefusal.with(EMPLOYEE_ACTIVE, ADMIN, () -> nameErasure.erase(new EmployeeId(active)));
  }

  @Test
  void programs_are_listed_for_administrators_and_auditors() throws Exception {
    ServiceAccountList listed = AUDITOR.call(serviceAccounts::list);
    assertThat(listed.serviceAccounts()).isNotNull();
    assertThat(listed.complete()).as("there is no Keycloak here").isFalse();
    ExpectedRefusal.byRole(HELPDESK, serviceAccounts::list);
    ExpectedRefusal.byRole(EMPLOYEE, serviceAccounts::list);
  }

  @Test
  void refusals_are_recorded_but_nobody_can_fill_the_trail_with_them() throws Exception {
    TestCaller loud = TestCaller.portal("loud-1", RealmNames.EMPLOYEE);
    for (int i = 0; i < 30; i++) {
      loud.run(() -> refusalAudit.forbidden("GET /v1/admin/audit"));
    }
    long recorded =
        AUDITOR
            .call(() -> auditQueries.page(AuditCriteria.ALL, null, new PageRequest(200)))
            .events()
            .stream()
            .filter(event -> event.actorSubject().equals("loud-1"))
            .count();
    assertThat(recorded).isEqualTo(10);
  }

  @Test
  void an_agents_token_administers_nothing_whatever_roles_it_has() {
    TestCaller agent = TestCaller.agent("admin-1");
    ExpectedRefusal.byRole(
        agent, () -> auditQueries.page(AuditCriteria.ALL, null, new PageRequest(1)));
    ExpectedRefusal.byRole(agent, offers::list);
  }

  @Test
  void the_applications_login_can_change_neither_trail_nor_consent() throws SQLException {
    for (String sql :
        List.of(
            "update audit_event set action = 'x'",
            "delete from audit_event",
            "update audit_link set hash = 'x'",
            "delete from audit_link",
            "delete from audit_seal",
            "update audit_personal set content = '{}'",
            "update consent set action = 'WITHDRAWN'",
            "delete from consent",
            "update consent_text set body = 'x'",
            "update consent_version set reconsent_by = null",
            "drop table audit_event",
            "create table intruder (x integer)")) {
      try (Connection connection = application.getConnection();
          Statement statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.execute(sql)).as(sql).isInstanceOf(SQLException.class);
      }
    }
  }

  @Test
  void anyone_may_ask_where_to_sign_in_and_whether_the_portal_is_well() {
    assertThat(about.about().agentClientId()).isEqualTo(RealmNames.AGENT_CLIENT);
    assertThat(health.report().database()).isEqualTo(DatabaseAvailability.UP);
    assertThat(health.report().vault()).isEqualTo(VaultStatus.NONE);
    assertThat(health.report().auditTrail()).isEqualTo(AuditTrailHealth.UP);
    assertThat(health.report().storage()).isEqualTo(StorageAvailability.UP);
  }
}
