package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.problem.wire.ProblemCode.ANOTHER_PERSON;
import static org.hikae.problem.wire.ProblemCode.APPROVAL_CLOSED;
import static org.hikae.problem.wire.ProblemCode.CONFIRMATION_REQUIRED;
import static org.hikae.problem.wire.ProblemCode.CONFLICT;
import static org.hikae.problem.wire.ProblemCode.EDITED_MEANWHILE;
import static org.hikae.problem.wire.ProblemCode.FORBIDDEN;
import static org.hikae.problem.wire.ProblemCode.MALFORMED;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;
import static org.hikae.problem.wire.ProblemCode.REAUTHENTICATE;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.hikae.approval.boundary.ApprovalCommands;
import org.hikae.approval.value.ApprovalRequestId;
import org.hikae.approval.value.ApprovalState;
import org.hikae.approval.view.ApprovalAction;
import org.hikae.approval.view.ApprovalView;
import org.hikae.approval.view.Approve;
import org.hikae.audit.boundary.AuditQueries;
import org.hikae.audit.view.AuditCriteria;
import org.hikae.audit.view.AuditRow;
import org.hikae.identity.control.DirectoryPerson;
import org.hikae.identity.job.DirectoryWriter;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.PostgresOnly;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.policy.boundary.PolicyCommands;
import org.hikae.policy.boundary.PolicyQueries;
import org.hikae.policy.service.Policies;
import org.hikae.policy.view.BackupPolicy;
import org.hikae.policy.view.EffectivePolicy;
import org.hikae.policy.view.EffectivePolicyComparison;
import org.hikae.policy.view.EffectivePolicyComparison.ComparedValue;
import org.hikae.policy.view.PolicyCriteria;
import org.hikae.policy.view.PolicyPreview;
import org.hikae.policy.view.PolicyScopePage;
import org.hikae.policy.view.PolicyScopeView;
import org.hikae.policy.view.PolicyVersionView;
import org.hikae.policy.view.PreviewPolicy;
import org.hikae.policy.view.PutPolicy;
import org.hikae.policy.view.PutPolicyResult;
import org.hikae.problem.control.PageRequest;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Policies: who may change them, what waits for a second administrator, and what then holds
 * (HK1-P-01 to HK1-P-09). Each test has groups of its own; the default is left alone, because other
 * tests live under it. Time budget: 20 seconds beside the server's start.
 */
@PostgresOnly
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class PolicyContainerIT {

  private static final TestCaller ANN =
      TestCaller.portal("policy-ann", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);
  private static final TestCaller BEN =
      TestCaller.portal("policy-ben", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);
  private static final TestCaller EVA =
      TestCaller.portal("policy-eva", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);
  private static final TestCaller AUDITOR =
      TestCaller.portal("auditor-1", RealmNames.EMPLOYEE, RealmNames.AUDITOR);
  private static final TestCaller HELPDESK =
      TestCaller.portal("helpdesk-1", RealmNames.EMPLOYEE, RealmNames.HELPDESK);
  private static final TestCaller EMPLOYEE = TestCaller.portal("employee-1", RealmNames.EMPLOYEE);

  private static final PolicyCriteria ALL = PolicyCriteria.ALL;
  private static final PageRequest MANY = new PageRequest(200);

  @Inject private EmployeeDirectory directory;
  @Inject private DirectoryWriter directoryWriter;
  @Inject private Policies policies;
  @Inject private PolicyQueries policyQueries;
  @Inject private PolicyCommands policyCommands;
  @Inject private ApprovalCommands approvals;
  @Inject private AuditQueries auditQueries;

  @Resource(lookup = "java:jboss/datasources/HikaeDS")
  private DataSource application;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  private long employee(String subject, String... groups) throws Exception {
    return TestCaller.agent(subject, groups).call(directory::me).employeeId();
  }

  private static PutPolicy policy(long replaces, @Nullable Integer rank, String key, int value) {
    return new PutPolicy(replaces, rank, Map.of(key, value), null, null);
  }

  private PolicyVersionView made(String scope, PutPolicy put) throws Exception {
    return ((PutPolicyResult.Made) ANN.call(() -> policyCommands.put(scope, put))).version();
  }

  private ApprovalView waits(String scope, PutPolicy put) throws Exception {
    return ((PutPolicyResult.Waits) ANN.call(() -> policyCommands.put(scope, put))).approval();
  }

  @Test
  void a_policy_has_versions_and_each_value_says_where_it_comes_from() throws Exception {
    long member = employee("policy-member", "/pol-a/north");
    long other = employee("policy-other", "/pol-ab");
    assertThat(made("group/pol-a", policy(0, 101, "holdDays", 40)).version()).isEqualTo(1);
    assertThat(made("group/pol-a", policy(1, 101, "holdDays", 50)).version()).isEqualTo(2);
    ExpectedRefusal.with(
        EDITED_MEANWHILE,
        BEN,
        () -> policyCommands.put("group/pol-a", policy(1, 101, "holdDays", 60)));

    assertThat(policies.of(member).holdPeriod()).isEqualTo(Duration.ofDays(50));
    assertThat(policies.of(other).holdPeriod()).isEqualTo(Duration.ofDays(30));
    EffectivePolicy effective =
        HELPDESK.call(() -> policyQueries.effective(new EmployeeId(member)));
    assertThat(effective.values())
        .contains(
            new EffectivePolicy.Value("holdDays", 50L, "group/pol-a", 2L),
            new EffectivePolicy.Value("retentionLast", 10L, null, null));
    String name =
        TestCaller.agent("policy-member", "/pol-a/north").call(directory::me).displayName();
    assertThat(HELPDESK.call(() -> policyQueries.nameOf(new EmployeeId(member)))).contains(name);
    assertThat(HELPDESK.call(() -> policyQueries.nameOf(new EmployeeId(987654321)))).isEmpty();
    assertThat(HELPDESK.call(() -> policyQueries.inherited("employee/" + member)))
        .contains(new EffectivePolicy.Value("holdDays", 50L, "group/pol-a", 2L));
    assertThat(HELPDESK.call(() -> policyQueries.inherited("group/pol-a")))
        .contains(new EffectivePolicy.Value("holdDays", 30L, null, null));
    PolicyScopeView scope =
        AUDITOR.call(() -> policyQueries.scope("group/pol-a", null, new PageRequest(10)));
    assertThat(scope.version()).isEqualTo(2);
    assertThat(scope.versions()).extracting(PolicyVersionView::version).containsExactly(2L, 1L);
    assertThat(scope.versions()).extracting(PolicyVersionView::madeBy).containsOnly(ANN.subject());
    assertThat(scope.next()).isNull();
    assertThat(
            AUDITOR.call(() -> policyQueries.scope("group/pol-a", null, new PageRequest(1))).next())
        .isEqualTo(2);
    assertThat(AUDITOR.call(() -> policyQueries.scopes(ALL, "group/pol-", MANY)).scopes())
        .anyMatch(row -> row.scope().equals("group/pol-a") && row.version() == 2);
    assertThat(audited("policy:group/pol-a")).containsExactly("policy.put", "policy.put");
  }

  private List<String> audited(String object) throws Exception {
    return AUDITOR
        .call(() -> auditQueries.page(AuditCriteria.ALL, null, new PageRequest(300)))
        .events()
        .stream()
        .filter(event -> event.object().equals(object))
        .map(AuditRow::action)
        .toList();
  }

  @Test
  void what_protects_less_waits_for_another_person_who_saw_it() throws Exception {
    long member = employee("policy-weak", "/pol-weak");
    made("group/pol-weak", policy(0, 102, "holdDays", 45));
    ApprovalView asked = waits("group/pol-weak", policy(1, 102, "holdDays", 20));
    assertThat(asked.state()).isEqualTo(ApprovalState.PENDING);
    assertThat(asked.change())
        .isEqualTo(
            "{\"rank\":102,\"replaces\":1,\"scope\":\"group/pol-weak\","
                + "\"values\":{\"holdDays\":20},\"was\":{\"holdDays\":45}}");
    assertThat(policies.of(member).holdPeriod()).isEqualTo(Duration.ofDays(45));
    assertThat(waits("group/pol-weak", policy(1, 102, "holdDays", 20)).requestId())
        .as("the same again")
        .isEqualTo(asked.requestId());

    long id = asked.requestId();
    assertThat(offered(ANN, id)).containsExactly(ApprovalAction.WITHDRAW);
    assertThat(offered(BEN, id))
        .containsExactlyInAnyOrder(ApprovalAction.APPROVE, ApprovalAction.REJECT);
    assertThat(offered(AUDITOR, id)).isEmpty();
    Approve seen = new Approve(asked.changeHash());
    ExpectedRefusal.with(
        ANOTHER_PERSON, ANN, () -> approvals.approve(new ApprovalRequestId(id), seen));
    ExpectedRefusal.with(ANOTHER_PERSON, ANN, () -> approvals.reject(new ApprovalRequestId(id)));
    ExpectedRefusal.with(
        CONFLICT,
        BEN,
        () -> approvals.approve(new ApprovalRequestId(id), new Approve("0".repeat(64))));
    TestCaller longAgo = BEN.signedInBefore(Duration.ofMinutes(11));
    ExpectedRefusal.with(
        REAUTHENTICATE, longAgo, () -> approvals.approve(new ApprovalRequestId(id), seen));
    ExpectedRefusal.with(FORBIDDEN, BEN, () -> approvals.withdraw(new ApprovalRequestId(id)));
    assertThat(policies.of(member).holdPeriod()).isEqualTo(Duration.ofDays(45));

    assertThat(BEN.call(() -> approvals.approve(new ApprovalRequestId(id), seen)).state())
        .isEqualTo(ApprovalState.APPROVED);
    assertThat(policies.of(member).holdPeriod()).isEqualTo(Duration.ofDays(20));
    assertThat(policies.stillCounting(member))
        .extracting(BackupPolicy::holdPeriod)
        .containsExactly(Duration.ofDays(20), Duration.ofDays(45), Duration.ofDays(30));
    assertThat(policies.holdPeriod(member)).isEqualTo(Duration.ofDays(45));
    assertThat(policies.forDevices(member).earlier())
        .singleElement()
        .satisfies(
            earlier -> {
              assertThat(earlier.name()).isEqualTo("holdDays");
              assertThat(earlier.value()).isEqualTo(45);
              assertThat(earlier.until())
                  .isAfter(Instant.now().plus(Duration.ofDays(44)))
                  .isBefore(Instant.now().plus(Duration.ofDays(46)));
            });
    PolicyVersionView stands =
        AUDITOR
            .call(() -> policyQueries.scope("group/pol-weak", null, new PageRequest(1)))
            .versions()
            .getFirst();
    assertThat(stands.madeBy()).isEqualTo(ANN.subject());
    assertThat(stands.approvedBy()).isEqualTo(BEN.subject());
    assertThat(audited("approval:" + id)).containsExactly("approval.approve", "approval.request");
    for (TestCaller.Work late :
        List.<TestCaller.Work>of(
            () -> approvals.approve(new ApprovalRequestId(id), seen),
            () -> approvals.reject(new ApprovalRequestId(id)))) {
      ExpectedRefusal.with(APPROVAL_CLOSED, BEN, late);
    }
    ExpectedRefusal.with(APPROVAL_CLOSED, ANN, () -> approvals.withdraw(new ApprovalRequestId(id)));
  }

  private Set<ApprovalAction> offered(TestCaller who, long requestId) throws Exception {
    return who.call(
            () -> approvals.offered(true, new ApprovalRequestId(requestId + 1), new PageRequest(1)))
        .requests()
        .getFirst()
        .actions();
  }

  @Test
  void two_people_are_compared_and_policies_found_by_what_they_set() throws Exception {
    long own = employee("policy-left", "/pol-left/inner");
    long other = employee("policy-right", "/pol-right");
    made("group/pol-left", policy(0, 120, "holdDays", 50));
    made("group/pol-right", policy(0, 130, "maxDevices", 4));
    EffectivePolicyComparison compared =
        HELPDESK.call(() -> policyQueries.compare(new EmployeeId(own), new EmployeeId(other)));
    assertThat(compared.values().subList(0, 3))
        .containsExactly(
            new ComparedValue(
                true,
                new EffectivePolicy.Value("holdDays", 50L, "group/pol-left", 1L),
                new EffectivePolicy.Value("holdDays", 30L, null, null)),
            new ComparedValue(
                true,
                new EffectivePolicy.Value("maxDevices", 50L, null, null),
                new EffectivePolicy.Value("maxDevices", 4L, "group/pol-right", 1L)),
            new ComparedValue(
                false,
                new EffectivePolicy.Value("quotaBytes", 100L << 30, null, null),
                new EffectivePolicy.Value("quotaBytes", 100L << 30, null, null)));
    ExpectedRefusal.with(
        NOT_FOUND,
        HELPDESK,
        () -> policyQueries.compare(new EmployeeId(own), new EmployeeId(987654321)));

    PolicyCriteria sought = PolicyCriteria.sent("POL-LEFT", "holdDays");
    List<String> found =
        HELPDESK
            .call(() -> policyQueries.scopes(sought, null, new PageRequest(10)))
            .scopes()
            .stream()
            .map(PolicyScopePage.ScopeEntry::scope)
            .toList();
    assertThat(found).containsExactly("group/pol-left");
    assertThat(HELPDESK.call(() -> policyQueries.valuesOf(sought, found)))
        .isEqualTo(Map.of("group/pol-left", 50L));
    assertThat(HELPDESK.call(() -> policyQueries.freeRank("group/pol-left/inner")))
        .as("before the department above")
        .hasValue(119);
    assertThat(HELPDESK.call(() -> policyQueries.freeRank("default"))).isEmpty();
  }

  @Test
  void the_second_administrator_reads_why_for_whom_and_how_long_the_old_rules_count()
      throws Exception {
    long member = employee("policy-why", "/pol-why");
    made("group/pol-why", policy(0, 140, "holdDays", 45));
    Map<String, @Nullable Object> less = Map.of("holdDays", 40);
    ExpectedRefusal.with(
        MALFORMED,
        ANN,
        () -> policyCommands.put("group/pol-why", new PutPolicy(1L, 140, less, null, "a\nb")));
    ApprovalView asked =
        waits("group/pol-why", new PutPolicy(1L, 140, less, null, "Disks are full"));
    assertThat(asked.change()).contains("\"reason\":\"Disks are full\"");
    PolicyPreview shown = BEN.call(() -> policyCommands.requested(asked.change()));
    assertThat(shown.examples())
        .extracting(PolicyPreview.AffectedEmployee::employeeId)
        .containsExactly(member);
    assertThat(shown.formerRules()).isEqualTo(new PolicyPreview.FormerRules(45, 45));
  }

  @Test
  void whom_a_policy_concerns_does_not_approve_it() throws Exception {
    long ben = BEN.call(directory::me).employeeId();
    ApprovalView asked = waits("employee/" + ben, policy(0, null, "retentionDaily", 2));
    assertThat(asked.subjectEmployeeId()).isEqualTo(ben);
    assertThat(offered(BEN, asked.requestId())).isEmpty();
    Approve seen = new Approve(asked.changeHash());
    ExpectedRefusal.with(
        ANOTHER_PERSON,
        BEN,
        () -> approvals.approve(new ApprovalRequestId(asked.requestId()), seen));
    assertThat(
            EVA.call(() -> approvals.approve(new ApprovalRequestId(asked.requestId()), seen))
                .decidedBy())
        .isEqualTo(EVA.subject());
    assertThat(policies.of(ben).retention().daily()).isEqualTo(2);
  }

  @Test
  void an_approval_of_what_was_overtaken_changes_nothing_and_stays_open() throws Exception {
    made("group/pol-late", policy(0, 103, "holdDays", 45));
    ApprovalView asked = waits("group/pol-late", policy(1, 103, "holdDays", 40));
    made("group/pol-late", policy(1, 103, "holdDays", 60));
    Approve seen = new Approve(asked.changeHash());
    ExpectedRefusal.with(
        CONFLICT, BEN, () -> approvals.approve(new ApprovalRequestId(asked.requestId()), seen));
    assertThat(AUDITOR.call(() -> approvals.one(new ApprovalRequestId(asked.requestId()))).state())
        .isEqualTo(ApprovalState.PENDING);
    assertThat(AUDITOR.call(() -> approvals.page(true, null, MANY)).requests())
        .anyMatch(request -> request.requestId() == asked.requestId());
    assertThat(BEN.call(() -> approvals.reject(new ApprovalRequestId(asked.requestId()))).state())
        .isEqualTo(ApprovalState.REJECTED);
    assertThat(AUDITOR.call(() -> approvals.page(true, null, MANY)).requests())
        .noneMatch(request -> request.requestId() == asked.requestId());
    assertThat(
            AUDITOR
                .call(
                    () ->
                        approvals.page(
                            false,
                            new ApprovalRequestId(asked.requestId() + 1),
                            new PageRequest(1)))
                .requests())
        .extracting(ApprovalView::state)
        .containsExactly(ApprovalState.REJECTED);
  }

  @Test
  void a_request_ends_when_it_is_withdrawn_or_its_day_is_over() throws Exception {
    made("group/pol-end", policy(0, 104, "holdDays", 45));
    ApprovalView first = waits("group/pol-end", policy(1, 104, "holdDays", 40));
    assertThat(ANN.call(() -> approvals.withdraw(new ApprovalRequestId(first.requestId()))).state())
        .isEqualTo(ApprovalState.WITHDRAWN);
    ApprovalView second = waits("group/pol-end", policy(1, 104, "holdDays", 40));
    assertThat(second.requestId()).isNotEqualTo(first.requestId());
    assertThat(second.expiresAt()).isEqualTo(second.requestedAt().plus(Duration.ofHours(24)));
    try (Connection connection = application.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update approval_request set expires_at = requested_at where request_id = ?")) {
      update.setLong(1, second.requestId());
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
    assertThat(AUDITOR.call(() -> approvals.one(new ApprovalRequestId(second.requestId()))).state())
        .isEqualTo(ApprovalState.EXPIRED);
    Approve seen = new Approve(second.changeHash());
    ExpectedRefusal.with(
        APPROVAL_CLOSED,
        BEN,
        () -> approvals.approve(new ApprovalRequestId(second.requestId()), seen));
  }

  @Test
  void what_takes_most_protection_away_is_confirmed_by_name() throws Exception {
    Map<String, @Nullable Object> values = Map.of("holdDays", 6);
    for (String word : new String[] {null, "", "delete", "group/pol-most2"}) {
      ExpectedRefusal.with(
          CONFIRMATION_REQUIRED,
          ANN,
          () -> policyCommands.put("group/pol-most", new PutPolicy(0L, 105, values, word, null)));
    }
    PolicyPreview preview =
        AUDITOR.call(
            () -> policyCommands.preview(new PreviewPolicy("group/pol-most", 105, values)));
    assertThat(preview.confirm()).isEqualTo("group/pol-most");
    assertThat(preview.needsApproval()).isTrue();
    assertThat(preview.people()).isZero();
    assertThat(preview.weaker()).containsExactly(new PolicyPreview.Weaker("holdDays", 30L, 6L, 0));
    PutPolicy confirmed = new PutPolicy(0L, 105, values, "group/pol-most", null);
    assertThat(waits("group/pol-most", confirmed).state()).isEqualTo(ApprovalState.PENDING);
  }

  @Test
  void what_makes_no_sense_is_refused() throws Exception {
    Map<String, @Nullable Object> nothing =
        Map.of(
            "retentionLast", 0,
            "retentionHourly", 0,
            "retentionDaily", 0,
            "retentionWeekly", 0,
            "retentionMonthly", 0,
            "retentionYearly", 0,
            "retentionWithinDays", 0);
    long someone = employee("policy-someone");
    Map<String, PutPolicy> wrong =
        Map.of(
            "group/pol-bad",
            policy(0, null, "holdDays", 40),
            "group/pol-bad2",
            policy(0, 0, "holdDays", 40),
            "group/pol-bad3",
            policy(0, 106, "holdDays", -1),
            "group/pol-bad4",
            policy(0, 106, "unknown", 1),
            "group/pol-bad5",
            new PutPolicy(0L, 106, nothing, "group/pol-bad5", null),
            "employee/" + someone,
            policy(0, 106, "holdDays", 40),
            "everyone",
            policy(0, null, "holdDays", 40),
            "default",
            policy(0, 106, "holdDays", 40));
    for (Map.Entry<String, PutPolicy> one : wrong.entrySet()) {
      ExpectedRefusal.with(MALFORMED, ANN, () -> policyCommands.put(one.getKey(), one.getValue()));
    }
    ExpectedRefusal.with(
        NOT_FOUND,
        ANN,
        () -> policyCommands.put("employee/987654321", policy(0, null, "holdDays", 40)));
    ExpectedRefusal.with(NOT_FOUND, ANN, () -> policyQueries.effective(new EmployeeId(987654321)));
    ExpectedRefusal.with(
        NOT_FOUND, ANN, () -> policyQueries.scope("group/pol-never", null, new PageRequest(10)));
    made("group/pol-rank", policy(0, 107, "holdDays", 40));
    ExpectedRefusal.with(
        CONFLICT, ANN, () -> policyCommands.put("group/pol-rank2", policy(0, 107, "holdDays", 40)));
    assertThat(ANN.call(() -> policyCommands.remove("group/pol-rank", 1L, null)))
        .as("back to 30 days")
        .isInstanceOf(PutPolicyResult.Waits.class);
  }

  @Test
  void moving_to_a_group_that_keeps_less_counts_only_after_the_old_hold() throws Exception {
    made("group/pol-from", policy(0, 108, "holdDays", 70));
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    DirectoryPerson person = new DirectoryPerson("policy-mover", "m", "M", null, true);
    directoryWriter.apply(
        TestCaller.ISSUER, List.of(person), Map.of("policy-mover", Set.of("/pol-from/east")), at);
    long mover = employee("policy-mover", "/pol-from/east");
    assertThat(policies.holdPeriod(mover)).isEqualTo(Duration.ofDays(70));
    directoryWriter.apply(TestCaller.ISSUER, List.of(person), Map.of(), at.plusSeconds(1));
    assertThat(policies.of(mover).holdPeriod()).isEqualTo(Duration.ofDays(30));
    assertThat(policies.holdPeriod(mover)).isEqualTo(Duration.ofDays(70));
  }

  @Test
  void only_administrators_change_and_only_staff_reads() {
    PutPolicy put = policy(0, 109, "holdDays", 40);
    PreviewPolicy preview = new PreviewPolicy("default", null, Map.of());
    for (TestCaller other : List.of(AUDITOR, HELPDESK, EMPLOYEE)) {
      ExpectedRefusal.byRole(other, () -> policyCommands.put("group/pol-role", put));
      ExpectedRefusal.byRole(other, () -> policyCommands.remove("group/pol-role", 0L, null));
      ExpectedRefusal.byRole(
          other, () -> approvals.approve(new ApprovalRequestId(1), new Approve("")));
      ExpectedRefusal.byRole(other, () -> approvals.reject(new ApprovalRequestId(1)));
      ExpectedRefusal.byRole(other, () -> approvals.withdraw(new ApprovalRequestId(1)));
    }
    for (TestCaller other : List.of(HELPDESK, EMPLOYEE)) {
      ExpectedRefusal.byRole(other, () -> policyCommands.preview(preview));
      ExpectedRefusal.byRole(other, () -> approvals.page(true, null, new PageRequest(1)));
      ExpectedRefusal.byRole(other, () -> approvals.one(new ApprovalRequestId(1)));
    }
    ExpectedRefusal.byRole(EMPLOYEE, policyQueries::keys);
    ExpectedRefusal.byRole(EMPLOYEE, () -> policyQueries.scopes(ALL, null, new PageRequest(1)));
    ExpectedRefusal.byRole(
        EMPLOYEE, () -> policyQueries.scope("default", null, new PageRequest(1)));
    ExpectedRefusal.byRole(EMPLOYEE, () -> policyQueries.effective(new EmployeeId(1)));
    ExpectedRefusal.byRole(EMPLOYEE, () -> policyQueries.nameOf(new EmployeeId(1)));
    ExpectedRefusal.with(
        NOT_FOUND, BEN, () -> approvals.approve(new ApprovalRequestId(987654321), new Approve("")));
    ExpectedRefusal.with(MALFORMED, BEN, () -> approvals.page(true, null, new PageRequest(0)));
    PageRequest tooMany = new PageRequest(201);
    ExpectedRefusal.with(MALFORMED, BEN, () -> policyQueries.scopes(ALL, null, tooMany));
  }
}
