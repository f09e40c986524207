package org.hikae.it.container.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.problem.wire.ProblemCode.BAD_SIGNATURE;
import static org.hikae.problem.wire.ProblemCode.DEVICE_SESSION_REQUIRED;
import static org.hikae.problem.wire.ProblemCode.FORBIDDEN;
import static org.hikae.problem.wire.ProblemCode.MALFORMED;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;
import static org.hikae.problem.wire.ProblemCode.TOO_MANY_REQUESTS;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.drill.boundary.RecoveryProofCommands;
import org.hikae.drill.wire.RecoveryProof;
import org.hikae.drill.wire.RecoveryProofKind;
import org.hikae.enrollment.boundary.OwnDeviceCommands;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.recovery.boundary.RecoveryQueries;
import org.hikae.insight.recovery.job.RecoveryDayJob;
import org.hikae.it.container.fixture.EnrollingDevice;
import org.hikae.it.container.fixture.EnrollmentFixture.Enrolled;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.MaintenanceFixture;
import org.hikae.it.container.fixture.MaintenanceFixture.BackupSeries;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whose recovery proofs are kept, which are not, who sees how many, and when they go (HK1-R-18).
 * Time budget: 10 seconds on each database beside the server's start.
 */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class RecoveryProofContainerIT {

  private static final TestCaller AUDITOR =
      TestCaller.portal("recovery-auditor", RealmNames.EMPLOYEE, RealmNames.AUDITOR);

  @Inject private MaintenanceFixture maintenanceFixture;
  @Inject private RecoveryProofCommands commands;
  @Inject private RecoveryQueries queries;
  @Inject private RecoveryDayJob dayJob;
  @Inject private OwnDeviceCommands ownDevices;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @BeforeEach
  void presentDay() throws Exception {
    maintenanceFixture.presentDay();
  }

  private static Instant ago(Duration ago) {
    return Instant.now().minus(ago).truncatedTo(ChronoUnit.SECONDS);
  }

  private static RecoveryProof drill(SnapshotView of, Instant at) {
    return new RecoveryProof(
        RecoveryProof.FORMAT,
        RecoveryProofKind.DRILL,
        at,
        of.setId(),
        of.generation(),
        of.snapshotId(),
        16,
        1 << 20,
        "");
  }

  private static RecoveryProof practice(SnapshotView of, Instant at) {
    return new RecoveryProof(
        RecoveryProof.FORMAT,
        RecoveryProofKind.PRACTICE,
        at,
        of.setId(),
        of.generation(),
        null,
        0,
        0,
        "");
  }

  private TestCaller.Work sending(Enrolled who, RecoveryProof proof) {
    return sending(who, who.laptop(), proof);
  }

  private TestCaller.Work sending(Enrolled who, EnrollingDevice signer, RecoveryProof proof) {
    return () -> commands.send(who.session(), signer.signed(proof));
  }

  private long rows(Enrolled who) throws Exception {
    return maintenanceFixture.number(
        "select count(*) from recovery_proof where device_id = '" + who.laptop().id() + "'");
  }

  private long proven() throws Exception {
    AUDITOR.run(() -> dayJob.note());
    return AUDITOR.call(() -> queries.days(1)).getFirst().figures().proven();
  }

  @Test
  void a_device_shows_what_its_employee_can_open_and_nothing_else() throws Exception {
    BackupSeries series = maintenanceFixture.series("emp-proof");
    SnapshotView own = series.commit("proof pack");
    BackupSeries other = maintenanceFixture.series("emp-proof-other");
    SnapshotView foreign = other.commit("proof pack of another");
    Enrolled who = series.owner;
    Instant now = ago(Duration.ZERO);

    TestCaller agent = who.agent();
    ExpectedRefusal.with(
        DEVICE_SESSION_REQUIRED,
        agent,
        () -> commands.send(null, who.laptop().signed(drill(own, now))));
    ExpectedRefusal.with(BAD_SIGNATURE, agent, sending(who, other.owner.laptop(), drill(own, now)));
    ExpectedRefusal.with(NOT_FOUND, agent, sending(who, drill(foreign, now)));
    ExpectedRefusal.with(NOT_FOUND, agent, sending(who, practice(foreign, now)));
    ExpectedRefusal.with(
        MALFORMED, agent, sending(who, drill(own, now.plus(Duration.ofMinutes(20)))));
    ExpectedRefusal.with(MALFORMED, agent, sending(who, drill(own, ago(Duration.ofDays(61)))));
    ExpectedRefusal.with(FORBIDDEN, AUDITOR, sending(who, drill(own, now)));
    assertThat(rows(who)).isZero();

    long before = proven();
    agent.run(sending(who, drill(own, now)));
    agent.run(sending(who, practice(own, now)));
    // What is sent again, or was made before, changes nothing.
    agent.run(sending(who, drill(own, now)));
    agent.run(sending(who, drill(own, now.minusSeconds(60))));
    ExpectedRefusal.with(TOO_MANY_REQUESTS, agent, sending(who, drill(own, now.plusSeconds(1))));
    assertThat(rows(who)).isEqualTo(2);
    assertThat(proven()).isEqualTo(before + 1);

    ExpectedRefusal.byRole(who.pages(), queries::everybody);
    ExpectedRefusal.byRole(who.pages(), queries::departments);
    assertThat(AUDITOR.call(queries::everybody).people()).isPositive();
    assertThat(AUDITOR.call(queries::departments))
        .allSatisfy(row -> assertThat(row.people()).isGreaterThanOrEqualTo(5));

    who.pages().run(() -> ownDevices.revoke(who.laptop().id()));
    assertThat(rows(who)).isZero();
    assertThat(proven()).isEqualTo(before);
  }
}
