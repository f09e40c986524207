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
import org.hikae.identity.boundary.DirectoryBoard;
import org.hikae.identity.boundary.DirectoryDesk;
import org.hikae.identity.boundary.MassLeaveDesk;
import org.hikae.identity.control.DirectoryPerson;
import org.hikae.identity.job.DirectoryLeavers;
import org.hikae.identity.job.DirectoryPages;
import org.hikae.identity.view.DirectoryView;
import org.hikae.identity.view.MassLeaveView;
import org.hikae.identity.view.MassLeaverPage;
import org.hikae.identity.wire.Realm;
import org.hikae.it.container.fixture.As;
import org.hikae.it.container.fixture.Nights;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.PostgresOnly;
import org.hikae.it.container.fixture.Refused;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.Soon;
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
  private static final As ADMIN = As.portal("many-admin", Realm.EMPLOYEE, Realm.BACKUP_ADMIN);
  private static final As HELPDESK = As.portal("helpdesk-1", Realm.EMPLOYEE, Realm.HELPDESK);
  private static final As EMPLOYEE = As.portal("many-curious", Realm.EMPLOYEE);

  @Inject private Nights nights;
  @Inject private DirectoryPages pages;
  @Inject private DirectoryLeavers leavers;
  @Inject private DirectoryBoard board;
  @Inject private DirectoryDesk desk;
  @Inject private MassLeaveDesk findings;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @Test
  void nobody_of_too_many_is_marked_until_an_administrator_says_so_about_exactly_them()
      throws Exception {
    read(people(0, 0));
    assertThat(nights.number("select count(*) from employee where issuer = '" + ISSUER + "'"))
        .isEqualTo(PEOPLE);
    DirectoryLeavers.Verdict few = read(people(0, 3));
    assertThat(few.mark()).hasSize(3);
    assertThat(few.asked()).isZero();
    pages.mark(few.mark(), Instant.now());

    DirectoryLeavers.Verdict many = read(people(0, 15));
    assertThat(many.mark()).as("3 left already within the day, 7 more may").isEmpty();
    assertThat(many.asked()).isEqualTo(12);
    MassLeaveView first = standing();
    assertThat(first.state()).isEqualTo("OPEN");
    assertThat(first.leavers()).isEqualTo(12);
    assertThat(read(people(0, 15)).asked()).isEqualTo(12);
    assertThat(standing()).as("the same people").isEqualTo(first);

    read(people(0, 14));
    MassLeaveView second = standing();
    assertThat(second.findingId()).as("fewer").isNotEqualTo(first.findingId());
    Refused.with(CONFLICT, ADMIN, () -> desk.confirm(first.findingId()));
    Refused.with(NOT_FOUND, ADMIN, () -> desk.confirm(Long.MAX_VALUE));
    As stale = ADMIN.signedInBefore(Duration.ofMinutes(11));
    Refused.with(REAUTHENTICATE, stale, () -> desk.confirm(second.findingId()));
    Refused.with(REAUTHENTICATE, stale, () -> findings.dismiss(second.findingId()));
    ADMIN.run(() -> findings.dismiss(second.findingId()));
    Refused.with(CONFLICT, ADMIN, () -> findings.dismiss(second.findingId()));
    read(people(0, 14));
    assertThat(standing().findingId()).as("not asked again").isEqualTo(second.findingId());
    assertThat(disabled()).isEqualTo(3);

    MassLeaverPage page = HELPDESK.call(() -> findings.people(second.findingId(), 0, 10));
    assertThat(page.employees()).hasSize(10).allMatch(one -> one.state().equals("DISABLED"));
    long next = Objects.requireNonNull(page.next());
    assertThat(HELPDESK.call(() -> findings.people(second.findingId(), next, 10)).employees())
        .hasSize(second.leavers() - 10);
    ADMIN.run(() -> desk.confirm(second.findingId()));
    assertThat(disabled()).isEqualTo(3 + second.leavers());
    DirectoryView state = HELPDESK.call(board::state);
    assertThat(state.massLeave()).isNull();
    Soon.until(() -> HELPDESK.call(board::state).leavers() >= disabled());
    assertThat(read(people(0, 18)).mark())
        .as("those who were confirmed do not count as a day's leavers")
        .hasSize(4);
  }

  @Test
  void only_administrators_decide_and_only_staff_looks() {
    Refused.byRole(EMPLOYEE, board::state);
    Refused.byRole(EMPLOYEE, () -> findings.people(1, 0, 1));
    for (As other : List.of(HELPDESK, EMPLOYEE)) {
      Refused.byRole(other, () -> desk.confirm(1));
      Refused.byRole(other, () -> findings.dismiss(1));
    }
    Refused.with(MALFORMED, HELPDESK, () -> findings.people(1, 0, 0));
    Refused.with(NOT_FOUND, HELPDESK, () -> findings.people(Long.MAX_VALUE, 0, 1));
  }

  /** Writes everybody and decides, as a read that has come to its end does. */
  private DirectoryLeavers.Verdict read(List<DirectoryPerson> everybody) {
    List<DirectoryPages.Leaving> leaving = new ArrayList<>();
    leaving.addAll(pages.apply(ISSUER, everybody, Map.of(), Instant.now()).leaving());
    return leavers.decide(ISSUER, leaving, true);
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
    @Nullable MassLeaveView finding = HELPDESK.call(board::state).massLeave();
    return Objects.requireNonNull(finding);
  }

  private long disabled() throws Exception {
    return nights.number(
        "select count(*) from employee where state = 'DISABLED' and issuer = '" + ISSUER + "'");
  }
}
