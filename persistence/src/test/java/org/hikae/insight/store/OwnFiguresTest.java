package org.hikae.insight.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hikae.enrollment.entity.Device;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.value.EmployeeState;
import org.hikae.insight.value.DeviceFilter;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.EmployeeFixture.EnrolledEmployee;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.rollout.entity.Campaign;
import org.hikae.rollout.entity.Wave;
import org.hikae.rollout.store.CampaignStore;
import org.hikae.rollout.store.InvitationStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How far an employee came, and what got worse, on both databases. */
class OwnFiguresTest extends OnBothDatabases {

  private static final Instant NOW = EmployeeFixture.START.plus(Duration.ofDays(30));

  @ParameterizedTest
  @MethodSource("databases")
  void invitations_say_how_far_an_employee_came(TestDatabase database) {
    database.inTransaction(
        em -> {
          long employee = EmployeeFixture.employee(em, "Invited").employeeId();
          em.find(Employee.class, employee).synced(EmployeeState.ENABLED, Set.of("/Own"), NOW);
          em.flush();
          Campaign campaign = new Campaign("issuer", "ann", NOW);
          campaign.describe("Autumn", null, Map.of());
          new CampaignStore(em).add(campaign);
          Wave wave = new Wave(campaign, 1);
          wave.describe("Pilot", null);
          wave.toGroups(Set.of("/Own"));
          new CampaignStore(em).add(wave);
          OwnFigures figures = new OwnFigures(em);
          assertThat(figures.invitations(employee)).isEmpty();
          InvitationStore invitations = new InvitationStore(em);
          invitations.invite(wave, NOW, 10);
          assertThat(figures.invitations(employee))
              .containsExactly(
                  new OwnFigures.InvitationFigure("Autumn", "Pilot", NOW, null, null, null));
          Instant later = NOW.plusSeconds(60);
          invitations.seen(employee, later);
          em.clear();
          assertThat(figures.invitations(employee))
              .containsExactly(
                  new OwnFigures.InvitationFigure("Autumn", "Pilot", NOW, later, null, null));
          return true;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void devices_whose_backup_grew_too_old_lately_are_counted_once_each(TestDatabase database) {
    database.inTransaction(
        em -> {
          Instant line = NOW.minus(Duration.ofDays(3));
          Instant dayBefore = line.minus(Duration.ofDays(1));
          backedUp(em, dayBefore.minusMillis(1));
          backedUp(em, dayBefore);
          backedUp(em, line.minusMillis(1));
          backedUp(em, line);
          em.find(Device.class, backedUp(em, dayBefore).deviceId()).revoke();
          em.flush();
          new EmployeeSummaryStore(em)
              .refresh(new TreeSet<>(new EmployeeSummaryStore(em).employeesAfter(0)));
          CoverageFigures figures = new CoverageFigures(em);
          assertThat(
                  List.of(
                      figures.devicesBackedUpLast(dayBefore, line),
                      figures.devicesBackedUpLast(line, line.plusMillis(1)),
                      figures.devicesBackedUpLast(line, line)))
              .containsExactly(2L, 1L, 0L);
          DeviceFilter listed =
              new DeviceFilter(
                  null, null, null, new DeviceFilter.Age(dayBefore, line), null, null, false);
          assertThat(new DeviceFigures(em).pageAfter(listed, null, 10)).hasSize(2);
          return true;
        });
  }

  private static EnrolledEmployee backedUp(EntityManager em, Instant at) {
    EnrolledEmployee employee = EmployeeFixture.person(em, "Overdue");
    em.find(Device.class, employee.deviceId()).backedUp(at);
    return employee;
  }
}
