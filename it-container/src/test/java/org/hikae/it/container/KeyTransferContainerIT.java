package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.enrollment.transfer.wire.KeyTransferStep.ANSWER;
import static org.hikae.enrollment.transfer.wire.KeyTransferStep.CONFIRMATION;
import static org.hikae.enrollment.transfer.wire.KeyTransferStep.KEY;
import static org.hikae.enrollment.transfer.wire.KeyTransferStep.OFFER;
import static org.hikae.enrollment.transfer.wire.KeyTransferStep.RECEIPT;
import static org.hikae.problem.wire.ProblemCode.CONFLICT;
import static org.hikae.problem.wire.ProblemCode.DEVICE_REVOKED;
import static org.hikae.problem.wire.ProblemCode.FORBIDDEN;
import static org.hikae.problem.wire.ProblemCode.MALFORMED;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;
import static org.hikae.problem.wire.ProblemCode.REAUTHENTICATE;
import static org.hikae.problem.wire.ProblemCode.TOO_MANY_REQUESTS;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.hikae.enrollment.boundary.DeviceEnrollment;
import org.hikae.enrollment.boundary.OwnDeviceCommands;
import org.hikae.enrollment.transfer.boundary.KeyTransferCommands;
import org.hikae.enrollment.transfer.boundary.KeyTransferQueries;
import org.hikae.enrollment.transfer.wire.KeyTransferMessage;
import org.hikae.enrollment.transfer.wire.KeyTransferStep;
import org.hikae.enrollment.transfer.wire.KeyTransferView;
import org.hikae.enrollment.transfer.wire.OpenKeyTransfer;
import org.hikae.hk1.TextCodec;
import org.hikae.it.container.fixture.EnrollingDevice;
import org.hikae.it.container.fixture.EnrollmentFixture;
import org.hikae.it.container.fixture.EnrollmentFixture.Enrolled;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whose a transfer is, which device may say what in it, and what it leaves behind (HK1-T-10). Time
 * budget: 10 seconds on each database beside the server's start.
 */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class KeyTransferContainerIT {

  private static final String ADDRESS = "192.0.2.7";

  @Inject private EnrollmentFixture enrollmentFixture;
  @Inject private DeviceEnrollment enrollment;
  @Inject private OwnDeviceCommands ownDevices;
  @Inject private KeyTransferCommands commands;
  @Inject private KeyTransferQueries queries;

  @Resource(lookup = "java:jboss/datasources/HikaeDS")
  private DataSource application;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  /** Another device of the same employee. */
  private Enrolled another(Enrolled who, String name) throws Exception {
    EnrollingDevice device = new EnrollingDevice();
    who.agent().run(() -> enrollment.enrol(device.enrolment(who.agent().subject(), name)));
    return new Enrolled(
        who.agent(), who.pages(), device, enrollmentFixture.session(who.agent(), device));
  }

  private String opened(Enrolled who, String setId) throws Exception {
    String id = EnrollingDevice.newId();
    OpenKeyTransfer request = new OpenKeyTransfer(setId, body(1));
    who.agent().run(() -> commands.open(who.session(), id, request, ADDRESS));
    return id;
  }

  private static String body(int filling) {
    return TextCodec.base64(new byte[] {(byte) filling});
  }

  private static KeyTransferMessage message(int number, KeyTransferStep step) {
    return new KeyTransferMessage(number, step, body(number));
  }

  private void says(Enrolled who, String id, int number, KeyTransferStep step) throws Exception {
    who.agent().run(() -> commands.say(who.session(), id, message(number, step)));
  }

  private void refuses(Enrolled who, String id, int number, KeyTransferStep step) {
    ExpectedRefusal.with(
        CONFLICT, who.agent(), () -> commands.say(who.session(), id, message(number, step)));
  }

  private KeyTransferView view(Enrolled who, String id) throws Exception {
    return who.agent().call(() -> queries.get(who.session(), id));
  }

  private long count(String sql, String value) throws Exception {
    try (Connection connection = application.getConnection();
        PreparedStatement counting = connection.prepareStatement(sql)) {
      counting.setString(1, value);
      try (ResultSet rows = counting.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  @Test
  void two_devices_of_an_employee_tell_each_other_something_and_the_employee_hears_of_it()
      throws Exception {
    Enrolled old = enrollmentFixture.enrolled("move-both");
    String setId = enrollmentFixture.optIn(old);
    Enrolled fresh = another(old, "new laptop");
    Enrolled third = another(old, "tablet");
    String id = opened(fresh, setId);
    fresh
        .agent()
        .run(
            () -> commands.open(fresh.session(), id, new OpenKeyTransfer(setId, body(1)), ADDRESS));
    KeyTransferView listed = old.agent().call(() -> queries.list(old.session())).getFirst();
    assertThat(listed.transferId()).isEqualTo(id);
    assertThat(listed.deviceId()).isEqualTo(fresh.laptop().id());
    assertThat(listed.deviceName()).isEqualTo("new laptop");
    assertThat(listed.address()).isEqualTo(ADDRESS);
    assertThat(Duration.between(listed.openedAt(), listed.expiresAt()))
        .isEqualTo(Duration.ofMinutes(10));
    assertThat(listed.messages()).isEmpty();
    assertThat(fresh.agent().call(() -> queries.list(fresh.session()))).isEmpty();

    refuses(fresh, id, 2, ANSWER);
    refuses(old, id, 3, ANSWER);
    refuses(old, id, 2, KEY);
    says(old, id, 2, ANSWER);
    says(old, id, 2, ANSWER);
    ExpectedRefusal.with(
        NOT_FOUND, third.agent(), () -> commands.say(third.session(), id, message(2, ANSWER)));
    ExpectedRefusal.with(NOT_FOUND, third.agent(), () -> queries.get(third.session(), id));
    says(fresh, id, 3, CONFIRMATION);
    says(old, id, 4, KEY);
    says(fresh, id, 5, RECEIPT);
    refuses(fresh, id, 6, OFFER);
    assertThat(view(old, id)).isEqualTo(view(fresh, id));
    assertThat(view(old, id).messages())
        .extracting(KeyTransferMessage::step)
        .containsExactly(OFFER, ANSWER, CONFIRMATION, KEY, RECEIPT);
    String device = "device:" + fresh.laptop().id();
    for (String action : List.of("transfer.open", "transfer.key", "transfer.received")) {
      assertThat(
              count(
                  "select count(*) from audit_event where action = '" + action + "' and object = ?",
                  device))
          .as(action)
          .isEqualTo(1);
    }
    assertThat(
            count(
                "select count(*) from notice where kind = 'key.transferred' and detail like ?",
                "%" + fresh.laptop().id() + "%"))
        .isEqualTo(1);
  }

  @Test
  void it_does_not_exist_for_anybody_else() throws Exception {
    Enrolled old = enrollmentFixture.enrolled("move-owner");
    String setId = enrollmentFixture.optIn(old);
    String id = opened(another(old, "new"), setId);
    Enrolled stranger = enrollmentFixture.enrolled("move-stranger");
    String strangersSet = enrollmentFixture.optIn(stranger);
    assertThat(stranger.agent().call(() -> queries.list(stranger.session()))).isEmpty();
    ExpectedRefusal.with(NOT_FOUND, stranger.agent(), () -> queries.get(stranger.session(), id));
    ExpectedRefusal.with(
        NOT_FOUND,
        stranger.agent(),
        () -> commands.say(stranger.session(), id, message(2, ANSWER)));
    ExpectedRefusal.with(
        CONFLICT,
        stranger.agent(),
        () ->
            commands.open(
                stranger.session(), id, new OpenKeyTransfer(strangersSet, body(1)), ADDRESS));
    ExpectedRefusal.with(
        NOT_FOUND,
        stranger.agent(),
        () ->
            commands.open(
                stranger.session(),
                EnrollingDevice.newId(),
                new OpenKeyTransfer(setId, body(1)),
                ADDRESS));
    assertThat(view(old, id).messages()).hasSize(1);
    ExpectedRefusal.with(FORBIDDEN, old.pages(), () -> queries.list(old.session()));
    ExpectedRefusal.byRole(TestCaller.portal("nobody-1"), () -> queries.list(old.session()));
  }

  @Test
  void asking_takes_a_recent_sign_in_and_has_bounds() throws Exception {
    Enrolled old = enrollmentFixture.enrolled("move-bounds");
    String setId = enrollmentFixture.optIn(old);
    Enrolled fresh = another(old, "new");
    TestCaller before = fresh.agent().signedInBefore(Duration.ofMinutes(11));
    String id = EnrollingDevice.newId();
    OpenKeyTransfer request = new OpenKeyTransfer(setId, body(1));
    ExpectedRefusal.with(
        REAUTHENTICATE, before, () -> commands.open(fresh.session(), id, request, ADDRESS));
    for (OpenKeyTransfer wrong :
        List.of(
            new OpenKeyTransfer("x", body(1)),
            new OpenKeyTransfer(setId, "="),
            new OpenKeyTransfer(
                setId, TextCodec.base64(new byte[KeyTransferMessage.MAX_BODY_BYTES + 1])))) {
      ExpectedRefusal.with(
          MALFORMED, fresh.agent(), () -> commands.open(fresh.session(), id, wrong, ADDRESS));
    }
    String first = opened(fresh, setId);
    String second = opened(fresh, setId);
    ExpectedRefusal.with(NOT_FOUND, old.agent(), () -> queries.get(old.session(), first));
    assertThat(view(old, second).messages()).hasSize(1);
    List<Enrolled> more = new ArrayList<>();
    for (int i = 1; i < KeyTransferCommands.MAX_OPEN; i++) {
      Enrolled device = another(old, "device " + i);
      more.add(device);
      opened(device, setId);
    }
    ExpectedRefusal.with(
        TOO_MANY_REQUESTS,
        old.agent(),
        () -> commands.open(old.session(), EnrollingDevice.newId(), request, ADDRESS));
    // One that asks again takes no further place.
    opened(more.getFirst(), setId);
  }

  @Test
  void a_device_that_was_revoked_neither_asks_nor_answers() throws Exception {
    Enrolled old = enrollmentFixture.enrolled("move-revoked");
    String setId = enrollmentFixture.optIn(old);
    Enrolled fresh = another(old, "new");
    String id = opened(fresh, setId);
    Enrolled stolen = another(old, "stolen");
    old.pages().run(() -> ownDevices.revoke(stolen.laptop().id()));
    ExpectedRefusal.with(
        DEVICE_REVOKED,
        stolen.agent(),
        () -> commands.say(stolen.session(), id, message(2, ANSWER)));
    ExpectedRefusal.with(DEVICE_REVOKED, stolen.agent(), () -> queries.list(stolen.session()));
  }
}
