package org.hikae.insight.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.backup.entity.Run;
import org.hikae.backup.store.RunStore;
import org.hikae.backup.value.ReportedRun;
import org.hikae.backup.value.RunFigures;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.enrollment.entity.Device;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.value.EmployeeState;
import org.hikae.insight.store.CampaignFigures.Funnel;
import org.hikae.insight.store.CampaignFigures.Share;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.EmployeeFixture.EnrolledEmployee;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.rollout.entity.Campaign;
import org.hikae.rollout.entity.Wave;
import org.hikae.rollout.store.CampaignStore;
import org.hikae.rollout.store.InvitationStore;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.store.VaultContactStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What gates see and how far people came, on both databases (HK1-W-08, HK1-W-11, HK1-W-13). */
@EveryThirdRun
class CampaignFiguresTest extends OnBothDatabases {

  /** The opt-ins are from the start of the tests' time. */
  private static final Instant SINCE = EmployeeFixture.START.plus(Duration.ofDays(1));

  private static final Instant NOW = SINCE.plus(Duration.ofDays(10));

  private static Wave invited(EntityManager em, String group) {
    em.flush();
    Campaign campaign = new Campaign("issuer", "ann", SINCE);
    campaign.describe("c", null, Map.of());
    CampaignStore campaigns = new CampaignStore(em);
    campaigns.add(campaign);
    Wave wave = new Wave(campaign, 1);
    wave.describe("w", null);
    wave.toGroups(Set.of(group));
    campaigns.add(wave);
    assertThat(new InvitationStore(em).invite(wave, SINCE, 100)).isPositive();
    return wave;
  }

  private static EnrolledEmployee member(EntityManager em, String group) {
    EnrolledEmployee enrolledEmployee = EmployeeFixture.person(em, "Figure" + group.substring(1));
    em.find(Employee.class, enrolledEmployee.employeeId())
        .synced(EmployeeState.ENABLED, Set.of(group), SINCE);
    return enrolledEmployee;
  }

  private static void run(
      EntityManager em, EnrolledEmployee enrolledEmployee, RunResult result, Instant at) {
    ReportedRun report =
        new ReportedRun(
            RunReport.Kind.BACKUP, result, at, null, "1", new RunFigures(0, 0, 0, 0, 0, 0));
    new RunStore(em)
        .add(
            new Run(
                enrolledEmployee.deviceId(),
                enrolledEmployee.deviceId(),
                enrolledEmployee.employeeId(),
                report,
                at),
            enrolledEmployee.employeeId());
  }

  private static void backedUp(EntityManager em, EnrolledEmployee enrolledEmployee, Instant at) {
    em.find(Device.class, enrolledEmployee.deviceId()).backedUp(at);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void first_backups_that_failed_are_told_from_those_that_came(TestDatabase database) {
    database.inTransaction(
        em -> {
          EnrolledEmployee good = member(em, "/first");
          run(em, good, RunResult.SUCCESS, NOW);
          backedUp(em, good, NOW);
          EnrolledEmployee later = member(em, "/first");
          run(em, later, RunResult.NETWORK, NOW);
          backedUp(em, later, NOW.minusSeconds(60));
          run(em, member(em, "/first"), RunResult.INTERNAL, SINCE);
          run(em, member(em, "/first"), RunResult.LOCAL, SINCE.minusSeconds(1));
          run(em, member(em, "/first"), RunResult.CANCELLED, NOW);
          run(em, member(em, "/first"), RunResult.RUNNING, NOW);
          EnrolledEmployee earlier = member(em, "/first");
          run(em, earlier, RunResult.SUCCESS, SINCE.minusSeconds(9));
          backedUp(em, earlier, SINCE.minusSeconds(9));
          EnrolledEmployee revoked = member(em, "/first");
          run(em, revoked, RunResult.INTERNAL, NOW);
          em.find(Device.class, revoked.deviceId()).revoke();
          Wave wave = invited(em, "/first");
          CampaignFigures figures = new CampaignFigures(em);
          assertThat(figures.firstBackups(wave.campaignId(), SINCE))
              .containsExactly(new Share(wave.waveId(), 1, 3));
          assertThat(figures.firstBackups(wave.campaignId(), NOW.plusSeconds(1)))
              .as("counted anew")
              .isEmpty();
          return true;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void departments_say_how_many_of_them_are_invited_each_once(TestDatabase database) {
    database.inTransaction(
        em -> {
          member(em, "/told");
          member(em, "/told");
          invited(em, "/told");
          invited(em, "/told");
          em.flush();
          member(em, "/told");
          em.flush();
          assertThat(new CoverageFigures(em).departments())
              .contains(new CoverageFigures.DepartmentFigure("/told", 3, 3, 2));
          em.createQuery("update Invitation i set i.withdrawnAt = :now")
              .setParameter("now", NOW)
              .executeUpdate();
          assertThat(new CoverageFigures(em).departments())
              .contains(new CoverageFigures.DepartmentFigure("/told", 3, 3, 0));
          return true;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void the_vault_s_silence_counts_until_it_answers_again(TestDatabase database) {
    database.inTransaction(
        em -> {
          EnrolledEmployee silent = member(em, "/vault");
          contact(em, silent).answered(SINCE.plusSeconds(1));
          contact(em, silent).unanswered(SINCE.plusSeconds(2));
          EnrolledEmployee healed = member(em, "/vault");
          contact(em, healed).unanswered(SINCE.plusSeconds(1));
          contact(em, healed).answered(SINCE.plusSeconds(2));
          contact(em, member(em, "/vault")).unanswered(SINCE.plusSeconds(3));
          contact(em, member(em, "/vault")).unanswered(SINCE.minusSeconds(3));
          member(em, "/vault");
          Wave wave = invited(em, "/vault");
          assertThat(new CampaignFigures(em).vaultContacts(wave.campaignId(), SINCE))
              .containsExactly(new Share(wave.waveId(), 2, 3));
          return true;
        });
  }

  private static org.hikae.vault.entity.VaultContact contact(
      EntityManager em, EnrolledEmployee enrolledEmployee) {
    return new VaultContactStore(em).of(enrolledEmployee.deviceId(), enrolledEmployee.employeeId());
  }

  @ParameterizedTest
  @MethodSource("databases")
  void devices_without_a_backup_for_a_week_are_stale_once_a_week_has_passed(TestDatabase database) {
    database.inTransaction(
        em -> {
          backedUp(em, member(em, "/stale"), NOW.minus(Duration.ofDays(6)));
          backedUp(em, member(em, "/stale"), NOW.minus(Duration.ofDays(8)));
          member(em, "/stale");
          EnrolledEmployee paused = member(em, "/stale");
          em.find(Device.class, paused.deviceId()).pause();
          Wave wave = invited(em, "/stale");
          CampaignFigures figures = new CampaignFigures(em);
          long campaign = wave.campaignId();
          assertThat(figures.staleDevices(campaign, SINCE, NOW))
              .containsExactly(new Share(wave.waveId(), 2, 3));
          assertThat(figures.staleDevices(campaign, NOW.minus(Duration.ofDays(6)), NOW))
              .as("counted anew since the day before yesterday's yesterday")
              .containsExactly(new Share(wave.waveId(), 0, 3));
          return true;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void the_funnel_counts_each_step_among_those_of_the_step_before(TestDatabase database) {
    database.inTransaction(
        em -> {
          backedUp(em, member(em, "/funnel"), NOW.minusSeconds(1));
          backedUp(em, member(em, "/funnel"), NOW.minus(Duration.ofDays(8)));
          EnrolledEmployee without = member(em, "/funnel");
          Employee seen = EmployeeFixture.employee(em, "Seen");
          seen.synced(EmployeeState.ENABLED, Set.of("/funnel"), SINCE);
          EmployeeFixture.employee(em, "Offered")
              .synced(EmployeeState.ENABLED, Set.of("/funnel"), SINCE);
          Wave wave = invited(em, "/funnel");
          new InvitationStore(em).seen(seen.employeeId(), NOW);
          CampaignFigures figures = new CampaignFigures(em);
          assertThat(figures.funnel(wave.campaignId(), NOW))
              .containsExactly(new Funnel(wave.waveId(), 5, 0, 5, 4, 3, 2, 1));
          new InvitationStore(em).optedIn(without.employeeId(), NOW);
          new InvitationStore(em).withdraw(wave.campaignId(), NOW);
          List<Funnel> after = figures.funnel(wave.campaignId(), NOW);
          assertThat(after).containsExactly(new Funnel(wave.waveId(), 5, 4, 1, 1, 1, 0, 0));
          assertThat(figures.firstBackups(wave.campaignId(), SINCE)).isEmpty();
          return true;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void who_takes_part_with_a_device_is_observed_and_healthy_by_any_of_them(TestDatabase database) {
    database.inTransaction(
        em -> {
          Instant fresh = NOW.minus(Duration.ofDays(3));
          EnrolledEmployee good = member(em, "/soak");
          backedUp(em, good, fresh);
          run(em, good, RunResult.PARTIAL, NOW);
          EnrolledEmployee late = member(em, "/soak");
          backedUp(em, late, fresh.minusMillis(1));
          EnrolledEmployee failed = member(em, "/soak");
          backedUp(em, failed, NOW);
          run(em, failed, RunResult.NETWORK, NOW);
          EnrolledEmployee stopped = member(em, "/soak");
          backedUp(em, stopped, NOW);
          run(em, stopped, RunResult.CANCELLED, NOW);
          EnrolledEmployee two = member(em, "/soak");
          run(em, two, RunResult.INTERNAL, NOW);
          em.find(Device.class, EmployeeFixture.device(em, two.employeeId())).backedUp(NOW);
          member(em, "/soak");
          EnrolledEmployee revoked = member(em, "/soak");
          backedUp(em, revoked, NOW);
          em.find(Device.class, revoked.deviceId()).revoke();
          EmployeeFixture.employee(em, "Asked")
              .synced(EmployeeState.ENABLED, Set.of("/soak"), SINCE);
          Wave wave = invited(em, "/soak");
          CampaignFigures figures = new CampaignFigures(em);
          assertThat(figures.health(wave.waveId(), fresh))
              .as("of eight invited")
              .isEqualTo(new CampaignFigures.Health(6, 3));
          assertThat(figures.health(wave.waveId() + 1, fresh))
              .isEqualTo(new CampaignFigures.Health(0, 0));
          return true;
        });
  }
}
