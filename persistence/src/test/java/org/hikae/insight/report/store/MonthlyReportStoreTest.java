package org.hikae.insight.report.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.hikae.audit.store.AuditTrailStore;
import org.hikae.audit.value.AuditContent;
import org.hikae.backup.entity.Run;
import org.hikae.backup.store.RunStore;
import org.hikae.backup.value.ReportedRun;
import org.hikae.backup.value.RunFigures;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.enrollment.entity.Consent;
import org.hikae.enrollment.entity.ConsentTranslation;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.value.ConsentAction;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.value.EmployeeState;
import org.hikae.insight.report.entity.MonthlyReport;
import org.hikae.insight.report.entity.MonthlyReportSchedule;
import org.hikae.insight.report.store.MonthlyReportFigures.RunSum;
import org.hikae.insight.report.value.DepartmentSum;
import org.hikae.insight.report.value.MonthlyReportPeriod;
import org.hikae.insight.store.EmployeeSummaryStore;
import org.hikae.notice.entity.Notice;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.EmployeeFixture.EnrolledEmployee;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.policy.entity.PolicyScope;
import org.hikae.policy.entity.PolicyVersion;
import org.hikae.policy.store.PolicyVersionStore;
import org.hikae.rollout.entity.Campaign;
import org.hikae.rollout.entity.Wave;
import org.hikae.rollout.store.CampaignStore;
import org.hikae.rollout.store.InvitationStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a report counts and how it is kept, on both databases. */
class MonthlyReportStoreTest extends OnBothDatabases {

  private static final MonthlyReportPeriod MARCH =
      MonthlyReportPeriod.parse("2026-03").orElseThrow();
  private static final Instant FIRST = MARCH.from();
  private static final Instant LAST = MARCH.until().minusSeconds(1);
  private static final Instant BEFORE = MARCH.from().minusSeconds(1);
  private static final Instant AFTER = MARCH.until();

  private static void run(
      EntityManager em, EnrolledEmployee who, int number, RunResult result, Instant at) {
    RunReport.Kind kind = number < 10 ? RunReport.Kind.RESTORE : RunReport.Kind.VERIFY;
    ReportedRun report =
        new ReportedRun(kind, result, at, null, "1", new RunFigures(3, 0, 0, 0, 100, 0));
    String id = String.format(Locale.ROOT, "%032x", number);
    new RunStore(em)
        .add(new Run(id, who.deviceId(), who.employeeId(), report, at), who.employeeId());
  }

  private static EnrolledEmployee member(EntityManager em, String group) {
    EnrolledEmployee who = EmployeeFixture.person(em, "Report" + group.substring(1));
    em.find(Employee.class, who.employeeId())
        .synced(EmployeeState.ENABLED, Set.of(group), EmployeeFixture.START);
    return who;
  }

  private static void invite(EntityManager em, String group, Instant at) {
    em.flush();
    Campaign campaign = new Campaign("issuer", "ann", at);
    campaign.describe("c", null, Map.of());
    CampaignStore campaigns = new CampaignStore(em);
    campaigns.add(campaign);
    Wave wave = new Wave(campaign, 1);
    wave.describe("w", null);
    wave.toGroups(Set.of(group));
    campaigns.add(wave);
    assertThat(new InvitationStore(em).invite(wave, at, 100)).isPositive();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void restores_count_in_the_month_in_which_the_portal_first_heard_of_them(TestDatabase database) {
    database.inTransaction(
        em -> {
          EnrolledEmployee one = member(em, "/restores");
          EnrolledEmployee other = member(em, "/restores");
          run(em, one, 1, RunResult.SUCCESS, FIRST);
          run(em, one, 2, RunResult.SUCCESS, LAST);
          run(em, other, 3, RunResult.CORRUPT, LAST);
          run(em, other, 4, RunResult.SUCCESS, BEFORE);
          run(em, other, 5, RunResult.SUCCESS, AFTER);
          run(em, other, 11, RunResult.SUCCESS, LAST);
          em.flush();
          MonthlyReportFigures figures = new MonthlyReportFigures(em);
          assertThat(figures.runs(RunReport.Kind.RESTORE, MARCH))
              .containsExactlyInAnyOrder(
                  new RunSum(RunResult.SUCCESS, 2, 6, 200),
                  new RunSum(RunResult.CORRUPT, 1, 3, 100));
          assertThat(figures.people(RunReport.Kind.RESTORE, MARCH)).isEqualTo(2);
          assertThat(figures.runs(RunReport.Kind.VERIFY, MARCH))
              .containsExactly(new RunSum(RunResult.SUCCESS, 1, 3, 100));
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void departments_and_people_are_counted_as_they_stand(TestDatabase database) {
    Instant young = LAST.minus(Duration.ofDays(3));
    database.inTransaction(
        em -> {
          MonthlyReportFigures figures = new MonthlyReportFigures(em);
          long protectedBefore = figures.protectedPeople(young);
          long invitedBefore = figures.invited(AFTER);
          EnrolledEmployee fresh = member(em, "/figures");
          EnrolledEmployee stale = member(em, "/figures");
          em.find(Device.class, fresh.deviceId()).backedUp(young);
          em.find(Device.class, stale.deviceId()).backedUp(young.minusSeconds(1));
          invite(em, "/figures", LAST);
          Employee absent = EmployeeFixture.employee(em, "Absent");
          absent.synced(EmployeeState.ENABLED, Set.of("/figures"), EmployeeFixture.START);
          em.flush();
          new EmployeeSummaryStore(em)
              .refresh(new TreeSet<>(Set.of(fresh.employeeId(), stale.employeeId())));
          em.flush();
          assertThat(figures.departments(young))
              .contains(new DepartmentSum("/figures", 3, 2, 2, 1));
          assertThat(figures.protectedPeople(young) - protectedBefore).isEqualTo(1);
          assertThat(figures.invited(AFTER) - invitedBefore).isEqualTo(2);
          assertThat(figures.invited(LAST)).isEqualTo(invitedBefore);
          assertThat(figures.invited(MARCH)).isEqualTo(2);
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void what_happened_counts_within_the_month_only(TestDatabase database) {
    database.inTransaction(
        em -> {
          long employeeId = member(em, "/happened").employeeId();
          ConsentTranslation text =
              em.createQuery("select t from ConsentText t", ConsentTranslation.class)
                  .setMaxResults(1)
                  .getSingleResult();
          for (Instant at : List.of(BEFORE, FIRST, LAST, AFTER)) {
            em.persist(new Consent(employeeId, null, "portal", text, ConsentAction.WITHDRAWN, at));
            em.persist(new Notice(at, employeeId, NoticeKind.VAULT_LOCKED, "{}", null));
            em.persist(new Notice(at, employeeId, NoticeKind.VAULT_ATTEMPT, "{}", null));
            new AuditTrailStore(em)
                .add(at, new AuditContent("i", "s", "device.revoke", "device:1", "{}", null), null);
          }
          em.flush();
          MonthlyReportFigures figures = new MonthlyReportFigures(em);
          // Both by the same person.
          assertThat(figures.consents(MARCH)).isEqualTo(Map.of(ConsentAction.WITHDRAWN, 1L));
          assertThat(figures.notices(List.of("vault.locked", "object.rotten"), MARCH))
              .isEqualTo(Map.of("vault.locked", 2L));
          assertThat(figures.events(List.of("device.revoke", "object.healed"), MARCH))
              .isEqualTo(Map.of("device.revoke", 2L));
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void each_version_of_a_policy_comes_with_the_one_before(TestDatabase database) {
    database.inTransaction(
        em -> {
          PolicyVersionStore versions = new PolicyVersionStore(em);
          PolicyScope scope = versions.add(new PolicyScope("group/reported"));
          versions.add(scope, new PolicyVersion(scope, 7, "{\"a\":1}", BEFORE, "i", "ann"));
          versions.add(
              scope,
              new PolicyVersion(scope, 7, "{\"a\":2}", FIRST, "i", "ann").approvedBy("i", "bob"));
          versions.add(scope, new PolicyVersion(scope, null, "{}", AFTER, "i", "ann"));
          MonthlyReportFigures figures = new MonthlyReportFigures(em);
          assertThat(figures.policyVersions(MARCH)).isEqualTo(1);
          assertThat(figures.policies(MARCH))
              .singleElement()
              .satisfies(
                  step -> {
                    assertThat(step.version().statement()).isEqualTo("{\"a\":2}");
                    assertThat(step.version().approvedByIssuer()).isEqualTo("i");
                    PolicyVersion before = Objects.requireNonNull(step.before());
                    assertThat(before.statement()).isEqualTo("{\"a\":1}");
                  });
          assertThat(figures.policies(MARCH.before()))
              .singleElement()
              .satisfies(step -> assertThat(step.before()).isNull());
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_report_stays_as_it_was_kept_and_the_schedule_has_editions(TestDatabase database) {
    database.inTransaction(
        em -> {
          MonthlyReportStore store = new MonthlyReportStore(em);
          assertThat(store.schedule().isEnabled()).isFalse();
          assertThat(store.schedule().addresses()).isEmpty();
          MonthlyReportSchedule schedule = store.lockSchedule();
          schedule.put(true, List.of("a@example.com", "b@example.com"), "ja", LAST);
          store.add(new MonthlyReport("2026-02", FIRST, "[]"));
          store.add(new MonthlyReport("2026-03", AFTER, "[[\"DRILLS\"]]"));
          return null;
        });
    database.inTransaction(
        em -> {
          MonthlyReportStore store = new MonthlyReportStore(em);
          assertThat(store.newest())
              .containsExactly(
                  new MonthlyReportStore.Head("2026-03", AFTER),
                  new MonthlyReportStore.Head("2026-02", FIRST));
          assertThat(store.find("2026-03").orElseThrow().content()).isEqualTo("[[\"DRILLS\"]]");
          assertThat(store.find("2026-04")).isEmpty();
          MonthlyReportSchedule schedule = store.schedule();
          assertThat(schedule.edition()).isEqualTo(1);
          assertThat(schedule.addresses()).containsExactly("a@example.com", "b@example.com");
          assertThat(schedule.language()).isEqualTo("ja");
          assertThat(schedule.changedAt()).isEqualTo(LAST);
          return null;
        });
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    em -> {
                      new MonthlyReportStore(em).add(new MonthlyReport("2026-03", AFTER, "[]"));
                      return null;
                    }))
        .isInstanceOf(PersistenceException.class);
  }
}
