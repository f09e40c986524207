package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.problem.wire.ProblemCode.CONFLICT;
import static org.hikae.problem.wire.ProblemCode.MALFORMED;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;
import static org.hikae.problem.wire.ProblemCode.REAUTHENTICATE;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.hikae.identity.boundary.DirectoryCommands;
import org.hikae.identity.boundary.DirectoryQueries;
import org.hikae.identity.boundary.MassLeaveCommands;
import org.hikae.identity.control.DirectoryPerson;
import org.hikae.identity.job.DirectoryWriter;
import org.hikae.identity.job.LeaverDetectionSteps;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.value.EmployeeState;
import org.hikae.identity.value.MassLeaveId;
import org.hikae.identity.value.MassLeaveState;
import org.hikae.identity.view.DirectoryView;
import org.hikae.identity.view.MassLeaveView;
import org.hikae.identity.view.MassLeaverPage;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.container.fixture.ContainerAwait;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.MaintenanceFixture;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.PostgresOnly;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.problem.control.PageRequest;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Many leavers at once in a realm of this test's own (HK1-P-21). Time budget: 10 seconds beside the
 * server's start.
 */
@PostgresOnly
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class DirectoryContainerIT {

  private static final String ISSUER = "https://many.example.org/realms/hikae";
  private static final int PEOPLE = 40;
  private static final TestCaller ADMIN =
      TestCaller.portal("many-admin", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);
  private static final TestCaller HELPDESK =
      TestCaller.portal("helpdesk-1", RealmNames.EMPLOYEE, RealmNames.HELPDESK);
  private static final TestCaller EMPLOYEE = TestCaller.portal("many-curious", RealmNames.EMPLOYEE);

  @Inject private MaintenanceFixture maintenanceFixture;
  @Inject private DirectoryWriter directoryWriter;
  @Inject private LeaverDetectionSteps leavers;
  @Inject private DirectoryQueries directoryQueries;
  @Inject private DirectoryCommands directoryCommands;
  @Inject private MassLeaveCommands massLeaves;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @Test
  void nobody_of_too_many_is_marked_until_an_administrator_says_so_about_exactly_them()
      throws Exception {
    read(people(0, 0));
    assertThat(
            maintenanceFixture.number(
                "select count(*) from employee where issuer = '" + ISSUER + "'"))
        .isEqualTo(PEOPLE);
    LeaverDetectionSteps.DetectedLeavers few = read(people(0, 3));
    assertThat(few.mark()).hasSize(3);
    assertThat(few.asked()).isZero();
    directoryWriter.mark(few.mark(), Instant.now());

    LeaverDetectionSteps.DetectedLeavers many = read(people(0, 15));
    assertThat(many.mark()).as("3 left already within the day, 7 more may").isEmpty();
    assertThat(many.asked()).isEqualTo(12);
    MassLeaveView first = standing();
    assertThat(first.state()).isEqualTo(MassLeaveState.OPEN);
    assertThat(first.leavers()).isEqualTo(12);
    assertThat(read(people(0, 15)).asked()).isEqualTo(12);
    assertThat(standing()).as("the same people").isEqualTo(first);

    read(people(0, 14));
    MassLeaveView second = standing();
    assertThat(second.findingId()).as("fewer").isNotEqualTo(first.findingId());
    ExpectedRefusal.with(
        CONFLICT, ADMIN, () -> directoryCommands.confirm(new MassLeaveId(first.findingId())));
    ExpectedRefusal.with(
        NOT_FOUND, ADMIN, () -> directoryCommands.confirm(new MassLeaveId(Long.MAX_VALUE)));
    TestCaller stale = ADMIN.signedInBefore(Duration.ofMinutes(11));
    ExpectedRefusal.with(
        REAUTHENTICATE,
        stale,
        () -> directoryCommands.confirm(new MassLeaveId(second.findingId())));
    ExpectedRefusal.with(
        REAUTHENTICATE, stale, () -> massLeaves.dismiss(new MassLeaveId(second.findingId())));
    ADMIN.run(() -> massLeaves.dismiss(new MassLeaveId(second.findingId())));
    ExpectedRefusal.with(
        CONFLICT, ADMIN, () -> massLeaves.dismiss(new MassLeaveId(second.findingId())));
    read(people(0, 14));
    assertThat(standing().findingId()).as("not asked again").isEqualTo(second.findingId());
    assertThat(disabled()).isEqualTo(3);

    MassLeaverPage page =
        HELPDESK.call(
            () ->
                massLeaves.people(new MassLeaveId(second.findingId()), null, new PageRequest(10)));
    assertThat(page.employees()).hasSize(10).allMatch(one -> one.state() == EmployeeState.DISABLED);
    long next = Objects.requireNonNull(page.next());
    assertThat(
            HELPDESK
                .call(
                    () ->
                        massLeaves.people(
                            new MassLeaveId(second.findingId()),
                            new EmployeeId(next),
                            new PageRequest(10)))
                .employees())
        .hasSize(second.leavers() - 10);
    ADMIN.run(() -> directoryCommands.confirm(new MassLeaveId(second.findingId())));
    assertThat(disabled()).isEqualTo(3 + second.leavers());
    DirectoryView state = HELPDESK.call(directoryQueries::state);
    assertThat(state.massLeave()).isNull();
    ContainerAwait.until(() -> HELPDESK.call(directoryQueries::state).leavers() >= disabled());
    assertThat(read(people(0, 18)).mark())
        .as("those who were confirmed do not count as a day's leavers")
        .hasSize(4);
  }

  @Test
  void only_administrators_decide_and_only_staff_looks() {
    ExpectedRefusal.byRole(EMPLOYEE, directoryQueries::state);
    ExpectedRefusal.byRole(
        EMPLOYEE, () -> massLeaves.people(new MassLeaveId(1), null, new PageRequest(1)));
    for (TestCaller other : List.of(HELPDESK, EMPLOYEE)) {
      ExpectedRefusal.byRole(other, () -> directoryCommands.confirm(new MassLeaveId(1)));
      ExpectedRefusal.byRole(other, () -> massLeaves.dismiss(new MassLeaveId(1)));
    }
    ExpectedRefusal.with(
        MALFORMED, HELPDESK, () -> massLeaves.people(new MassLeaveId(1), null, new PageRequest(0)));
    ExpectedRefusal.with(
        NOT_FOUND,
        HELPDESK,
        () -> massLeaves.people(new MassLeaveId(Long.MAX_VALUE), null, new PageRequest(1)));
  }

  /** Writes everybody and decides, as a read that has come to its end does. */
  private LeaverDetectionSteps.DetectedLeavers read(List<DirectoryPerson> everybody) {
    List<DirectoryWriter.FoundLeaver> foundLeaver = new ArrayList<>();
    foundLeaver.addAll(directoryWriter.apply(ISSUER, everybody, Map.of(), Instant.now()).leaving());
    return leavers.decide(ISSUER, foundLeaver, true);
  }

  /** Everybody, of whom those from {@code first} to before {@code end} are disabled. */
  private static List<DirectoryPerson> people(int first, int end) {
    return IntStream.range(0, PEOPLE)
        .mapToObj(
            i ->
                new DirectoryPerson(
                    "many-" + i, "many-" + i, "Many " + i, null, i < first || i >= end))
        .toList();
  }

  private MassLeaveView standing() throws Exception {
    @Nullable MassLeaveView finding = HELPDESK.call(directoryQueries::state).massLeave();
    return Objects.requireNonNull(finding);
  }

  private long disabled() throws Exception {
    return maintenanceFixture.number(
        "select count(*) from employee where state = 'DISABLED' and issuer = '" + ISSUER + "'");
  }
}
