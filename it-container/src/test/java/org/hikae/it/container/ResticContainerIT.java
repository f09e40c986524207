package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.problem.wire.ProblemCode.MALFORMED;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;
import static org.hikae.problem.wire.ProblemCode.REAUTHENTICATE;

import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.hikae.backup.maintenance.job.NightlyMaintenanceSteps;
import org.hikae.backup.maintenance.job.ScrubJob;
import org.hikae.backup.restic.boundary.DeviceResticCommands;
import org.hikae.backup.restic.boundary.EmployeeResticCommands;
import org.hikae.backup.restic.boundary.OwnResticCommands;
import org.hikae.backup.restic.boundary.ResticDeletions;
import org.hikae.backup.restic.boundary.ResticQueries;
import org.hikae.backup.restic.boundary.ResticUploads;
import org.hikae.backup.wire.ResticRepositoryView;
import org.hikae.backup.wire.ResticType;
import org.hikae.backup.wire.StorageView;
import org.hikae.backup.wire.TakeBackTo;
import org.hikae.backup.wire.TakenBack;
import org.hikae.enrollment.view.ResticRequest;
import org.hikae.enrollment.wire.NewResticCredential;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.container.fixture.EnrollmentFixture;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.MaintenanceFixture;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.PostgresOnly;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.StoredBytesFixture;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.lifecycle.boundary.OptOutCommands;
import org.hikae.lifecycle.job.ErasureSteps;
import org.hikae.problem.control.Refusal;
import org.hikae.testing.EveryThirdRun;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What restic released over nights that pass in a moment, and how opt-out and scrubbing treat its
 * objects (HK1-G-05 to HK1-G-08). Time budget: 30 seconds beside the server's start.
 */
@PostgresOnly
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
@EveryThirdRun
class ResticContainerIT {

  private static final int HOLD_DAYS = 30;
  private static final long GIB = 1024L * 1024 * 1024;

  @Inject private MaintenanceFixture maintenanceFixture;
  @Inject private StoredBytesFixture storedBytes;
  @Inject private DeviceResticCommands resticCommands;
  @Inject private ResticUploads uploads;
  @Inject private ResticDeletions deletions;
  @Inject private ResticQueries resticQueries;
  @Inject private NightlyMaintenanceSteps maintenanceSteps;
  @Inject private ScrubJob scrubJob;
  @Inject private OptOutCommands optOut;
  @Inject private OwnResticCommands ownRestic;
  @Inject private EmployeeResticCommands employeeRestic;
  @Inject private ErasureSteps erasure;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @BeforeEach
  @AfterEach
  void presentDay() throws Exception {
    maintenanceFixture.presentDay();
  }

  /** An employee whose device uses restic. */
  private record Client(MaintenanceFixture.BackupSeries series, ResticRequest request) {}

  private Client client(String subject) throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series(subject);
    NewResticCredential given =
        series.owner.agent().call(() -> resticCommands.give(series.owner.session()));
    String pair = given.username() + ":" + given.password();
    String header = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    return new Client(series, new ResticRequest("Basic " + header, given.repository()));
  }

  private void send(Client client, ResticType type, String text) {
    byte[] body = MaintenanceFixture.bytes(text);
    uploads.receive(
        client.request(),
        type,
        MaintenanceFixture.name(text),
        new ResticUploads.IncomingBody(body.length, new ByteArrayInputStream(body)));
  }

  private long repository(Client client) throws Exception {
    return maintenanceFixture.number(
        "select repository_id from repository where restic_id = '"
            + client.request().repository()
            + "'");
  }

  private void work(Client client) throws Exception {
    long id = repository(client);
    maintenanceSteps.decide(id, maintenanceFixture.now);
    while (maintenanceSteps.sweep(id, maintenanceFixture.now)) {
      // Batches go on until nothing is left.
    }
  }

  private long stored(Client client, String table) throws Exception {
    return maintenanceFixture.number(
        String.format(
            Locale.ROOT,
            "select count(*) from %s where repository_id = %d",
            table,
            repository(client)));
  }

  @Test
  void what_restic_released_is_kept_for_the_hold_period_and_then_collected() throws Exception {
    Client client = client("restic-night");
    send(client, ResticType.DATA, "kept for ever");
    send(client, ResticType.DATA, "released");
    send(client, ResticType.DATA, "released and back");
    deletions.delete(client.request(), ResticType.DATA, MaintenanceFixture.name("released"));
    deletions.delete(
        client.request(), ResticType.DATA, MaintenanceFixture.name("released and back"));
    long all = MaintenanceFixture.size("kept for ever", "released", "released and back");
    long gone = MaintenanceFixture.size("released", "released and back");
    assertThat(client.series().storage())
        .isEqualTo(new StorageView(all - gone, 100 * GIB, gone, 100 * GIB, 0));

    maintenanceFixture.nights(HOLD_DAYS - 1);
    work(client);
    assertThat(stored(client, "stored_object")).isEqualTo(3);
    send(client, ResticType.DATA, "released and back");

    maintenanceFixture.nights(2);
    work(client);
    assertThat(stored(client, "stored_object")).isEqualTo(2);
    assertThat(stored(client, "restic_object")).isEqualTo(2);
    assertThat(stored(client, StoredBytesFixture.CIPHERTEXT))
        .as("the bytes themselves")
        .isEqualTo(2);
    assertThat(client.series().storage())
        .isEqualTo(
            new StorageView(
                MaintenanceFixture.size("kept for ever", "released and back"),
                100 * GIB,
                0,
                100 * GIB,
                0));
    assertThat(resticQueries.list(client.request(), ResticType.DATA, 0)).hasSize(2);
    send(client, ResticType.DATA, "released");
    assertThat(resticQueries.list(client.request(), ResticType.DATA, 0)).hasSize(3);
  }

  @Test
  void what_nothing_lists_stays_however_many_nights_pass() throws Exception {
    Client client = client("restic-stays");
    send(client, ResticType.KEYS, "key");
    send(client, ResticType.SNAPSHOTS, "snapshot");
    maintenanceFixture.nights(400);
    work(client);
    assertThat(stored(client, "stored_object")).isEqualTo(2);
    assertThat(client.series().storage().usedBytes())
        .isEqualTo(MaintenanceFixture.size("key", "snapshot"));
  }

  @Test
  void what_finds_no_room_among_held_bytes_stays_live_until_there_is_some() throws Exception {
    Client client = client("restic-waits");
    String own =
        " where employee_id = (select employee_id from repository where restic_id = '"
            + client.request().repository()
            + "')";
    send(client, ResticType.DATA, "waits");
    maintenanceFixture.update("update storage_use set held_bytes = ?" + own, 100 * GIB);
    deletions.delete(client.request(), ResticType.DATA, MaintenanceFixture.name("waits"));
    assertThat(resticQueries.list(client.request(), ResticType.DATA, 0)).isEmpty();
    assertThat(client.series().storage().usedBytes()).isEqualTo(MaintenanceFixture.size("waits"));
    work(client);
    assertThat(client.series().storage().usedBytes()).isEqualTo(MaintenanceFixture.size("waits"));
    maintenanceFixture.update("update storage_use set held_bytes = ?" + own, 0L);
    maintenanceFixture.nights(HOLD_DAYS);
    work(client);
    assertThat(client.series().storage())
        .isEqualTo(new StorageView(0, 100 * GIB, MaintenanceFixture.size("waits"), 100 * GIB, 0));
    maintenanceFixture.nights(HOLD_DAYS + 1);
    work(client);
    assertThat(stored(client, "stored_object")).isZero();
  }

  @Test
  void a_repository_is_taken_back_to_a_moment() throws Exception {
    Client client = client("restic-back");
    TestCaller me = client.series().owner.pages();
    send(client, ResticType.DATA, "back data");
    send(client, ResticType.KEYS, "back key");
    Instant before = Instant.now();
    send(client, ResticType.SNAPSHOTS, "back false snapshot");
    send(client, ResticType.LOCKS, "back lock");
    deletions.delete(client.request(), ResticType.DATA, MaintenanceFixture.name("back data"));
    TakenBack taken = takeBack(me, client, before);
    assertThat(taken).isEqualTo(new TakenBack(taken.moment(), 1, 2));
    assertThat(resticQueries.list(client.request(), ResticType.DATA, 0)).hasSize(1);
    assertThat(resticQueries.list(client.request(), ResticType.KEYS, 0)).hasSize(1);
    assertThat(resticQueries.list(client.request(), ResticType.SNAPSHOTS, 0)).isEmpty();
    assertThat(resticQueries.list(client.request(), ResticType.LOCKS, 0)).isEmpty();
    assertThat(client.series().storage())
        .isEqualTo(
            new StorageView(
                MaintenanceFixture.size("back data", "back key"),
                100 * GIB,
                MaintenanceFixture.size("back false snapshot", "back lock"),
                100 * GIB,
                0));
    TakenBack again = takeBack(me, client, before);
    assertThat(again).isEqualTo(new TakenBack(taken.moment(), 0, 0));
  }

  private TakenBack takeBack(TestCaller who, Client client, Instant moment) throws Exception {
    return who.call(
        () -> ownRestic.takeBack(client.request().repository(), new TakeBackTo(moment)));
  }

  @Test
  void what_was_released_before_the_moment_and_sent_again_after_it_does_not_come_back()
      throws Exception {
    Client client = client("restic-old");
    TestCaller me = client.series().owner.pages();
    send(client, ResticType.SNAPSHOTS, "old snapshot");
    send(client, ResticType.DATA, "old data");
    Instant first = Instant.now();
    deletions.delete(
        client.request(), ResticType.SNAPSHOTS, MaintenanceFixture.name("old snapshot"));
    deletions.delete(client.request(), ResticType.DATA, MaintenanceFixture.name("old data"));
    Instant second = Instant.now();
    send(client, ResticType.SNAPSHOTS, "old snapshot");
    takeBack(me, client, second);
    assertThat(resticQueries.list(client.request(), ResticType.SNAPSHOTS, 0)).isEmpty();
    assertThat(takeBack(me, client, first).revived()).isEqualTo(2);
    assertThat(resticQueries.list(client.request(), ResticType.SNAPSHOTS, 0)).hasSize(1);
    assertThat(resticQueries.list(client.request(), ResticType.DATA, 0)).hasSize(1);
    assertThat(takeBack(me, client, second).released()).isEqualTo(2);
    assertThat(resticQueries.list(client.request(), ResticType.SNAPSHOTS, 0)).isEmpty();
  }

  @Test
  void an_object_comes_back_by_sending_a_bounded_number_of_times() throws Exception {
    Client client = client("restic-loop");
    send(client, ResticType.DATA, "to and fro");
    for (int i = 0; i < 50; i++) {
      deletions.delete(client.request(), ResticType.DATA, MaintenanceFixture.name("to and fro"));
      send(client, ResticType.DATA, "to and fro");
    }
    Instant there = Instant.now();
    deletions.delete(client.request(), ResticType.DATA, MaintenanceFixture.name("to and fro"));
    assertThatThrownBy(() -> send(client, ResticType.DATA, "to and fro"))
        .isInstanceOf(Refusal.class);
    assertThat(takeBack(client.series().owner.pages(), client, there).revived()).isEqualTo(1);
  }

  @Test
  void people_are_told_once_when_most_of_a_repository_goes() throws Exception {
    Client client = client("restic-mass");
    send(client, ResticType.SNAPSHOTS, "mass snapshot");
    for (int i = 0; i < 20; i++) {
      send(client, ResticType.DATA, "mass " + i);
    }
    for (int i = 0; i < 15; i++) {
      deletions.delete(client.request(), ResticType.DATA, MaintenanceFixture.name("mass " + i));
    }
    assertThat(told(client)).isZero();
    for (int i = 15; i < 20; i++) {
      deletions.delete(client.request(), ResticType.DATA, MaintenanceFixture.name("mass " + i));
    }
    deletions.delete(
        client.request(), ResticType.SNAPSHOTS, MaintenanceFixture.name("mass snapshot"));
    assertThat(told(client)).isEqualTo(1);

    Client small = client("restic-last");
    send(small, ResticType.SNAPSHOTS, "one");
    send(small, ResticType.SNAPSHOTS, "two");
    deletions.delete(small.request(), ResticType.SNAPSHOTS, MaintenanceFixture.name("one"));
    assertThat(told(small)).isZero();
    deletions.delete(small.request(), ResticType.SNAPSHOTS, MaintenanceFixture.name("two"));
    assertThat(told(small)).isEqualTo(1);
  }

  private long told(Client client) throws Exception {
    return maintenanceFixture.number(
        "select count(*) from notice where kind = 'restic.mass-release' and employee_id ="
            + " (select employee_id from repository where restic_id = '"
            + client.request().repository()
            + "')");
  }

  @Test
  void repositories_are_listed_and_taken_back_by_who_may_only() throws Exception {
    Client client = client("restic-who");
    TestCaller me = client.series().owner.pages();
    String repository = client.request().repository();
    send(client, ResticType.SNAPSHOTS, "who");
    Instant before = Instant.now();
    ResticRepositoryView view = me.call(ownRestic::list).getFirst();
    assertThat(view.repository()).isEqualTo(repository);
    assertThat(view.snapshots()).isEqualTo(1);
    assertThat(view.releasedSnapshots()).isZero();
    assertThat(view.lastReleasedAt()).isNull();
    deletions.delete(client.request(), ResticType.SNAPSHOTS, MaintenanceFixture.name("who"));
    view = me.call(ownRestic::list).getFirst();
    assertThat(view.snapshots()).isZero();
    assertThat(view.releasedSnapshots()).isEqualTo(1);
    assertThat(view.lastReleasedAt()).isNotNull();
    assertThat(view.takenBackFrom()).isBefore(before);
    TestCaller other = maintenanceFixture.series("restic-other").owner.pages();
    assertThat(other.call(ownRestic::list)).isEmpty();
    ExpectedRefusal.with(
        NOT_FOUND, other, () -> ownRestic.takeBack(repository, new TakeBackTo(before)));
    for (String wrong : List.of("2999-01-01T00:00:00Z", "2020-01-01T00:00:00Z")) {
      TakeBackTo to = new TakeBackTo(Instant.parse(wrong));
      ExpectedRefusal.with(MALFORMED, me, () -> ownRestic.takeBack(repository, to));
    }
    long employee =
        maintenanceFixture.number(
            "select employee_id from repository where repository_id = " + repository(client));
    assertThat(EnrollmentFixture.ADMIN.call(() -> employeeRestic.list(new EmployeeId(employee))))
        .hasSize(1);
    EnrollmentFixture.ADMIN.run(
        () ->
            employeeRestic.takeBack(new EmployeeId(employee), repository, new TakeBackTo(before)));
    ExpectedRefusal.with(
        REAUTHENTICATE,
        EnrollmentFixture.ADMIN.signedInBefore(Duration.ofMinutes(11)),
        () ->
            employeeRestic.takeBack(new EmployeeId(employee), repository, new TakeBackTo(before)));
    TestCaller helpdesk =
        TestCaller.portal("restic-helpdesk", RealmNames.EMPLOYEE, RealmNames.HELPDESK);
    assertThat(helpdesk.call(() -> employeeRestic.list(new EmployeeId(employee)))).hasSize(1);
    ExpectedRefusal.byRole(
        helpdesk,
        () ->
            employeeRestic.takeBack(new EmployeeId(employee), repository, new TakeBackTo(before)));
    ExpectedRefusal.byRole(me, () -> employeeRestic.list(new EmployeeId(employee)));
  }

  @Test
  void an_opt_out_takes_the_repository_of_restic_with_it() throws Exception {
    Client client = client("restic-leaves");
    client.series().commit("own pack");
    send(client, ResticType.DATA, "leaves");
    send(client, ResticType.DATA, "released before");
    deletions.delete(client.request(), ResticType.DATA, MaintenanceFixture.name("released before"));
    long employee =
        maintenanceFixture.number(
            "select employee_id from repository where repository_id = " + repository(client));
    assertThat(client.series().owner.pages().call(optOut::plan).orElseThrow().objects())
        .isEqualTo(4);
    client.series().owner.pages().run(() -> optOut.optOut(Locale.ENGLISH));
    assertThatThrownBy(() -> send(client, ResticType.DATA, "late")).isInstanceOf(Refusal.class);
    assertThat(resticQueries.list(client.request(), ResticType.DATA, 0)).hasSize(1);

    maintenanceFixture.nights(HOLD_DAYS + 1);
    for (long id : erasure.due(maintenanceFixture.now, 0)) {
      while (erasure.step(id, maintenanceFixture.now)) {
        // Goes on until nothing is left.
      }
    }
    assertThat(
            maintenanceFixture.number(
                "select count(*) from repository where employee_id = " + employee))
        .isZero();
    assertThat(client.series().storage()).isEqualTo(new StorageView(0, 100 * GIB, 0, 100 * GIB, 0));
    assertThatThrownBy(() -> resticQueries.list(client.request(), ResticType.DATA, 0))
        .as("the credential is gone, too")
        .isInstanceOf(Refusal.class);
  }

  @Test
  void scrubbing_finds_rot_among_what_restic_stored() throws Exception {
    Client client = client("restic-rots");
    send(client, ResticType.DATA, "rots");
    storedBytes.lose(StoredBytesFixture.key(repository(client), "rots"));
    // The first may end a pass that began before there was this object.
    scrubJob.run(true);
    scrubJob.run(true);
    assertThat(stored(client, "rotten_object")).isEqualTo(1);
    send(client, ResticType.DATA, "rots");
    assertThat(
            maintenanceFixture.number(
                "select count(*) from rotten_object where healed_at is null and repository_id = "
                    + repository(client)))
        .isZero();
    assertThatThrownBy(() -> send(client, ResticType.DATA, "rots")).isInstanceOf(Refusal.class);
  }
}
