package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.util.List;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.boundary.EmployeeListQueries;
import org.hikae.insight.job.EmployeeSummaryJob;
import org.hikae.insight.store.EmployeeSummaryStore;
import org.hikae.insight.view.EmployeeCriteria;
import org.hikae.insight.view.EmployeePage;
import org.hikae.insight.view.EmployeeRow;
import org.hikae.it.container.fixture.MaintenanceFixture;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.PostgresOnly;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.SimulatedCompany;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.problem.control.PageRequest;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What was written into the database past the portal shows in lists after the nightly correction.
 * Time budget: 5 seconds beside the server's start.
 */
@PostgresOnly
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class SummaryContainerIT {

  private static final TestCaller HELPDESK =
      TestCaller.portal("helpdesk-1", RealmNames.EMPLOYEE, RealmNames.HELPDESK);
  private static final int PEOPLE = 2 * EmployeeSummaryStore.BATCH + 1;

  @Inject private EmployeeSummaryJob summaryJob;
  @Inject private EmployeeListQueries lists;
  @Inject private MaintenanceFixture maintenanceFixture;

  private SimulatedCompany company;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @BeforeEach
  void found() {
    company = new SimulatedCompany(maintenanceFixture.owner());
  }

  @AfterEach
  void dissolve() throws Exception {
    company.dissolve();
  }

  @Test
  void rows_that_are_missing_or_false_are_corrected_in_every_batch() throws Exception {
    company.hire(PEOPLE);
    assertThat(found("simulated-").total()).as("not summed up yet").isZero();
    correctAll();
    assertThat(found("simulated-").total()).isEqualTo(PEOPLE);

    String last = "simulated-" + (PEOPLE - 1);
    EmployeeRow before = found(last).employees().getFirst();
    company.firstBackups(List.of(before.employeeId()), 1, 0);
    maintenanceFixture.update(
        "update employee_summary set search_text = 'false', name_key = 'false', standing = 3,"
            + " stored_bytes = 77 where employee_id = ?",
        before.employeeId());
    assertThat(found(last).total()).as("found by what the false row says").isZero();
    correctAll();
    EmployeeRow after = found(last).employees().getFirst();
    assertThat(after.employeeId()).isEqualTo(before.employeeId());
    assertThat(after.devices()).isEqualTo(1);
    assertThat(after.lastBackupAt()).isNotNull();
    assertThat(
            maintenanceFixture.number(
                "select count(*) from employee_summary where standing = 0 and device_count = 1 and"
                    + " stored_bytes = 0 and name_key = '"
                    + last.replace('-', ' ')
                    + "' and employee_id = "
                    + after.employeeId()))
        .isEqualTo(1);
  }

  /** As the timer does each night. */
  private void correctAll() {
    long after = 0;
    do {
      long reached = summaryJob.correct(after);
      assertThat(reached == 0 || reached > after).as("goes forward").isTrue();
      after = reached;
    } while (after > 0);
  }

  private EmployeePage found(String text) throws Exception {
    EmployeeCriteria query =
        new EmployeeCriteria(text, null, null, false, EmployeeCriteria.Sort.NAME, false);
    return HELPDESK.call(() -> lists.pageAfter(query, null, new PageRequest(10)));
  }
}
