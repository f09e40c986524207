package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.problem.wire.ProblemCode.BAD_SIGNATURE;
import static org.hikae.problem.wire.ProblemCode.CONFLICT;
import static org.hikae.problem.wire.ProblemCode.DEVICE_PAUSED;
import static org.hikae.problem.wire.ProblemCode.DEVICE_REVOKED;
import static org.hikae.problem.wire.ProblemCode.DEVICE_SESSION_REQUIRED;
import static org.hikae.problem.wire.ProblemCode.FORBIDDEN;
import static org.hikae.problem.wire.ProblemCode.KEY_METHOD_NOT_ALLOWED;
import static org.hikae.problem.wire.ProblemCode.LAST_WRAP;
import static org.hikae.problem.wire.ProblemCode.MALFORMED;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;
import static org.hikae.problem.wire.ProblemCode.NOT_OFFERED_YET;
import static org.hikae.problem.wire.ProblemCode.NOT_OPTED_IN;
import static org.hikae.problem.wire.ProblemCode.REAUTHENTICATE;
import static org.hikae.problem.wire.ProblemCode.SET_EXISTS;
import static org.hikae.problem.wire.ProblemCode.TOO_MANY_REQUESTS;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.hikae.enrollment.boundary.DeviceContextQueries;
import org.hikae.enrollment.boundary.DeviceEnrollment;
import org.hikae.enrollment.boundary.DeviceSessionCommands;
import org.hikae.enrollment.boundary.EmployeeDeviceCommands;
import org.hikae.enrollment.boundary.EnrollmentQueries;
import org.hikae.enrollment.boundary.OptInCommands;
import org.hikae.enrollment.boundary.OwnConsentCommands;
import org.hikae.enrollment.boundary.OwnDeviceCommands;
import org.hikae.enrollment.boundary.WrapCommands;
import org.hikae.enrollment.job.SessionEndingSteps;
import org.hikae.enrollment.service.CurrentSet;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.value.ConsentAction;
import org.hikae.enrollment.view.OwnConsentDecision;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.enrollment.wire.EnrolDevice;
import org.hikae.enrollment.wire.NonceRequest;
import org.hikae.enrollment.wire.OpenSession;
import org.hikae.enrollment.wire.OptIn;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.enrollment.wire.PutWrap;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.WrapMethod;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.boundary.OwnVaultEventQueries;
import org.hikae.insight.view.OwnVaultEvent;
import org.hikae.it.container.fixture.EnrollingDevice;
import org.hikae.it.container.fixture.EnrollmentFixture;
import org.hikae.it.container.fixture.EnrollmentFixture.Enrolled;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.lifecycle.boundary.OptOutCommands;
import org.hikae.policy.boundary.PolicyCommands;
import org.hikae.policy.view.PutPolicy;
import org.hikae.vault.boundary.VaultRelay;
import org.hikae.vault.job.VaultEventSteps;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.ReceiptHistory.Meaning;
import org.hikae.vault.wire.VaultEvent;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Opting in and out, devices and their sessions, as employees, as others and as nobody. Time
 * budget: 30 seconds on each database beside the server's start.
 */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class EnrollmentContainerIT {

  @Inject private PolicyCommands policies;
  @Inject private EmployeeDirectory directory;
  @Inject private EnrollmentFixture enrollmentFixture;
  @Inject private EnrollmentQueries enrollmentQueries;
  @Inject private DeviceEnrollment enrollment;
  @Inject private DeviceSessionCommands sessions;
  @Inject private DeviceAuthenticator authenticator;
  @Inject private DeviceContextQueries contexts;
  @Inject private OptInCommands optInCommands;
  @Inject private WrapCommands wraps;
  @Inject private CurrentSet currentSet;
  @Inject private OwnDeviceCommands ownDevices;
  @Inject private EmployeeDeviceCommands employeeDeviceCommands;
  @Inject private OwnConsentCommands ownConsent;
  @Inject private OptOutCommands optOut;
  @Inject private SessionEndingSteps endingQueue;
  @Inject private VaultRelay vaultRelay;
  @Inject private OwnVaultEventQueries vaultEvents;
  @Inject private VaultEventSteps vaultNews;

  @Resource(lookup = "java:jboss/datasources/HikaeDS")
  private DataSource application;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @Test
  void an_employee_enrols_a_device_opts_in_and_out() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("emp-full");
    ExpectedRefusal.with(NOT_OPTED_IN, who.agent(), () -> optInCommands.complete(who.session()));
    String setId = enrollmentFixture.optIn(who);
    assertThat(who.agent().call(() -> enrollmentQueries.view(Locale.ENGLISH)).state())
        .isEqualTo(OptInState.OPTED_IN);
    assertThat(who.agent().call(() -> contexts.context(who.session())).device().deviceId())
        .isEqualTo(who.laptop().id());
    assertThat(who.agent().call(() -> wraps.list(who.session()))).hasSize(1);
    long employeeId = who.agent().call(() -> authenticator.admit(who.session())).employeeId();
    assertThat(who.agent().call(() -> currentSet.requireActive(employeeId)).setId())
        .isEqualTo(setId);
    who.pages().run(() -> optOut.optOut(Locale.JAPANESE));
    assertThat(who.agent().call(() -> enrollmentQueries.view(Locale.ENGLISH)).state())
        .isEqualTo(OptInState.WITHDRAWN);
    assertThat(who.agent().call(() -> wraps.list(who.session()))).isEmpty();
    assertThat(who.agent().call(() -> currentSet.active(employeeId))).isEqualTo(Optional.empty());
    List<OwnConsentDecision> decisions = who.pages().call(ownConsent::decisions);
    assertThat(decisions)
        .extracting(OwnConsentDecision::action)
        .containsExactly(ConsentAction.WITHDRAWN, ConsentAction.OPTED_IN);
    assertThat(decisions.getLast().deviceId()).isEqualTo(who.laptop().id());
    assertThat(decisions.getLast().textLanguage()).isEqualTo("ja");
  }

  @Test
  void hk1_e_03_platform_and_version_are_signed_and_an_earlier_agent_is_known() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("emp-signs");
    EnrollingDevice enrollingDevice = new EnrollingDevice();
    EnrolDevice all = enrollingDevice.described("emp-signs", "All of it");
    EnrolDevice other =
        new EnrolDevice(all.name(), "Plan 9", all.agentVersion(), all.publicKey(), all.signature());
    ExpectedRefusal.with(BAD_SIGNATURE, who.agent(), () -> enrollment.enrol(other));
    assertThat(who.agent().call(() -> enrollment.enrol(all)).created()).isTrue();
    EnrolDevice earlier = new EnrollingDevice().enrolment("emp-signs", "An earlier agent's");
    assertThat(who.agent().call(() -> enrollment.enrol(earlier)).created()).isTrue();
  }

  @Test
  void an_employee_sees_their_own_events_at_the_vault_once_and_nobody_elses() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("emp-vault");
    byte[] device = HexFormat.of().parseHex(who.laptop().id());
    Receipt tried = receipt("emp-vault", 1, VaultEvent.CHARGED, device);
    Receipt locked = receipt("emp-vault", 2, VaultEvent.LOCKED, new byte[16]);
    vaultNews.keep(List.of(tried, locked, receipt("emp-else", 3, VaultEvent.FROZEN, device)));
    vaultNews.keep(List.of(tried, locked));

    List<OwnVaultEvent> events = who.pages().call(vaultEvents::newest);
    assertThat(events)
        .extracting(OwnVaultEvent::meaning)
        .containsExactly(Meaning.LOCKED, Meaning.WRONG_PASSWORD);
    assertThat(events.getLast().deviceName()).isEqualTo("laptop of emp-vault");
    assertThat(events.getFirst().byDevice()).isFalse();
    assertThat(events.getFirst().due()).isEqualTo(Instant.ofEpochSecond(1_900_000_000));
    assertThat(vaultNews.newest()).isGreaterThanOrEqualTo(3);
    TestCaller other = TestCaller.portal("emp-other", RealmNames.EMPLOYEE);
    assertThat(other.call(vaultEvents::newest)).isEmpty();
    ExpectedRefusal.with(FORBIDDEN, who.agent(), vaultEvents::newest);
  }

  private static Receipt receipt(String subject, long seq, VaultEvent event, byte[] device) {
    LedgerEntry.Subject about =
        new LedgerEntry.Subject(
            LedgerEntry.employeeOf("demo", TestCaller.ISSUER, subject),
            device,
            Hash256.ZERO,
            device);
    LedgerEntry entry =
        new LedgerEntry(
            seq,
            Hash256.ZERO,
            1_800_000_000_000L + seq,
            event,
            about,
            0,
            9,
            event == VaultEvent.LOCKED ? 1_900_000_000 : 0,
            LedgerEntry.Detail.login(device),
            Hash256.ZERO);
    byte[] code = entry.encode();
    return new Receipt("demo", entry, Hash256.sha256(code), new byte[64]);
  }

  @Test
  void every_step_can_be_repeated_and_a_second_set_is_refused() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("emp-twice");
    String setId = enrollmentFixture.optIn(who);
    who.agent()
        .run(
            () -> {
              assertThat(optInCommands.optIn(who.session(), new OptIn(setId, 1, "en")).state())
                  .isEqualTo(BackupSetState.ACTIVE);
              assertThat(optInCommands.complete(who.session()).state())
                  .isEqualTo(BackupSetState.ACTIVE);
              assertThat(enrollment.enrol(who.laptop().enrolment("emp-twice", "renamed")).created())
                  .isFalse();
            });
    ExpectedRefusal.with(
        SET_EXISTS,
        who.agent(),
        () -> optInCommands.optIn(who.session(), new OptIn(EnrollingDevice.newId(), 1, "en")));
  }

  @Test
  void a_pending_set_is_replaced_and_its_wraps_are_gone() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("emp-pending");
    String first = EnrollingDevice.newId();
    String wrapId = EnrollingDevice.newId();
    PutWrap wrap = EnrollingDevice.wrap(first, wrapId);
    who.agent()
        .run(
            () -> {
              optInCommands.optIn(who.session(), new OptIn(first, 1, "en"));
              assertThat(wraps.put(who.session(), wrapId, wrap).created()).isTrue();
              assertThat(wraps.put(who.session(), wrapId, wrap).created()).isFalse();
            });
    ExpectedRefusal.with(
        CONFLICT,
        who.agent(),
        () -> wraps.put(who.session(), wrapId, EnrollingDevice.wrap(first, wrapId)));
    String second = EnrollingDevice.newId();
    who.agent().run(() -> optInCommands.optIn(who.session(), new OptIn(second, 1, "en")));
    assertThat(who.agent().call(() -> wraps.list(who.session()))).isEmpty();
    ExpectedRefusal.with(NOT_FOUND, who.agent(), () -> wraps.put(who.session(), wrapId, wrap));
  }

  @Test
  void a_wrap_id_that_another_employee_has_looks_free() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("emp-first-wrap");
    enrollmentFixture.optIn(who);
    WrapView theirs = who.agent().call(() -> wraps.list(who.session())).getFirst();
    Enrolled other = enrollmentFixture.enrolled("emp-same-wrap");
    String setId = enrollmentFixture.optIn(other);
    PutWrap mine = EnrollingDevice.wrap(setId, theirs.wrapId());
    other
        .agent()
        .run(
            () -> {
              assertThat(wraps.put(other.session(), theirs.wrapId(), mine).created()).isTrue();
              assertThat(wraps.put(other.session(), theirs.wrapId(), mine).created()).isFalse();
            });
    assertThat(who.agent().call(() -> wraps.list(who.session()))).containsExactly(theirs);
  }

  @Test
  void a_wrap_is_revoked_by_its_owner_only_and_the_last_one_only_on_purpose() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("emp-revoke-wrap");
    String setId = enrollmentFixture.optIn(who);
    String old = who.agent().call(() -> wraps.list(who.session())).getFirst().wrapId();
    String fresh = EnrollingDevice.newId();
    Enrolled other = enrollmentFixture.enrolled("emp-revoke-not-mine");
    enrollmentFixture.optIn(other);

    other.agent().run(() -> wraps.revoke(other.session(), old, true));
    assertThat(who.agent().call(() -> wraps.list(who.session()))).hasSize(1);
    ExpectedRefusal.with(LAST_WRAP, who.agent(), () -> wraps.revoke(who.session(), old, false));
    TestCaller before = who.agent().signedInBefore(Duration.ofMinutes(11));
    ExpectedRefusal.with(REAUTHENTICATE, before, () -> wraps.revoke(who.session(), old, true));
    ExpectedRefusal.with(MALFORMED, who.agent(), () -> wraps.revoke(who.session(), "x", true));

    who.agent()
        .run(
            () -> {
              wraps.put(who.session(), fresh, EnrollingDevice.wrap(setId, fresh));
              wraps.revoke(who.session(), old, false);
              wraps.revoke(who.session(), old, false);
            });
    assertThat(who.agent().call(() -> wraps.list(who.session())))
        .extracting(WrapView::wrapId)
        .containsExactly(fresh);
    assertThat(audited("wrap.revoke", "wrap:" + old)).isEqualTo(1);
    who.agent().run(() -> wraps.revoke(who.session(), fresh, true));
    assertThat(who.agent().call(() -> wraps.list(who.session()))).isEmpty();
  }

  @Test
  void no_revocation_leaves_less_than_the_policy_asks_for() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("emp-revoke-policy");
    String setId = enrollmentFixture.optIn(who);
    String digits = who.agent().call(() -> wraps.list(who.session())).getFirst().wrapId();
    String password = EnrollingDevice.newId();
    PutWrap filed = new PutWrap(setId, 1, WrapMethod.PASSWORD_VAULT, null);
    who.agent().run(() -> wraps.put(who.session(), password, filed));
    String scope = "employee/" + who.agent().call(directory::me).employeeId();
    PutPolicy digitsOnly = new PutPolicy(0L, null, Map.of("keyMethods", "DIGIT_KEY"), null, null);
    EnrollmentFixture.ADMIN.run(() -> policies.put(scope, digitsOnly));
    ExpectedRefusal.with(
        KEY_METHOD_NOT_ALLOWED, who.agent(), () -> wraps.revoke(who.session(), digits, false));
    ExpectedRefusal.with(
        KEY_METHOD_NOT_ALLOWED, who.agent(), () -> wraps.revoke(who.session(), digits, true));
    String fresh = EnrollingDevice.newId();
    who.agent()
        .run(
            () -> {
              wraps.put(who.session(), fresh, EnrollingDevice.wrap(setId, fresh));
              wraps.revoke(who.session(), digits, false);
            });
    PutPolicy both = new PutPolicy(1L, null, Map.of("keyMethods", "BOTH"), null, null);
    EnrollmentFixture.ADMIN.run(() -> policies.put(scope, both));
    ExpectedRefusal.with(
        KEY_METHOD_NOT_ALLOWED, who.agent(), () -> wraps.revoke(who.session(), password, false));
    PutPolicy digitsAgain = new PutPolicy(2L, null, Map.of("keyMethods", "DIGIT_KEY"), null, null);
    EnrollmentFixture.ADMIN.run(() -> policies.put(scope, digitsAgain));
    who.agent()
        .run(
            () -> {
              wraps.revoke(who.session(), password, false);
              wraps.revoke(who.session(), fresh, true);
            });
    assertThat(who.agent().call(() -> wraps.list(who.session()))).isEmpty();
  }

  private int audited(String action, String object) throws Exception {
    try (Connection connection = application.getConnection();
        PreparedStatement rows =
            connection.prepareStatement(
                "select count(*) from audit_event where action = ? and object = ?")) {
      rows.setString(1, action);
      rows.setString(2, object);
      try (ResultSet found = rows.executeQuery()) {
        found.next();
        return found.getInt(1);
      }
    }
  }

  @Test
  void who_is_not_offered_the_backup_cannot_opt_in() throws Exception {
    TestCaller agent = TestCaller.agent("emp-not-offered", "/elsewhere");
    EnrollingDevice enrollingDevice = new EnrollingDevice();
    agent.run(() -> enrollment.enrol(enrollingDevice.enrolment("emp-not-offered", "laptop")));
    String session = enrollmentFixture.session(agent, enrollingDevice);
    ExpectedRefusal.with(
        NOT_OFFERED_YET,
        agent,
        () -> optInCommands.optIn(session, new OptIn(EnrollingDevice.newId(), 1, "en")));
  }

  @Test
  void the_help_desk_sees_and_revokes_a_lost_device() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("emp-lost");
    String id = who.laptop().id();
    EmployeeId employee = new EmployeeId(who.agent().call(directory::me).employeeId());
    TestCaller helpDesk = TestCaller.portal("help-lost", RealmNames.EMPLOYEE, RealmNames.HELPDESK);
    assertThat(helpDesk.call(() -> employeeDeviceCommands.of(employee)))
        .extracting(DeviceView::deviceId)
        .containsExactly(id);
    ExpectedRefusal.byRole(who.pages(), () -> employeeDeviceCommands.of(employee));
    TestCaller auditor = TestCaller.portal("audit-lost", RealmNames.EMPLOYEE, RealmNames.AUDITOR);
    ExpectedRefusal.byRole(auditor, () -> employeeDeviceCommands.revoke(employee, id));
    TestCaller old = helpDesk.signedInBefore(Duration.ofMinutes(11));
    ExpectedRefusal.with(REAUTHENTICATE, old, () -> employeeDeviceCommands.revoke(employee, id));
    EmployeeId another = new EmployeeId(employee.value() + 100_000);
    ExpectedRefusal.with(NOT_FOUND, helpDesk, () -> employeeDeviceCommands.revoke(another, id));
    helpDesk.run(() -> employeeDeviceCommands.revoke(employee, id));
    ExpectedRefusal.with(DEVICE_REVOKED, who.agent(), () -> authenticator.admit(who.session()));
    assertThat(audited("device.revoke", "device:" + id)).isEqualTo(1);
  }

  @Test
  void revoking_and_pausing_take_effect_with_the_next_call() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("emp-revoke");
    String id = who.laptop().id();
    who.pages().run(() -> ownDevices.pause(id));
    ExpectedRefusal.with(DEVICE_PAUSED, who.agent(), () -> authenticator.admit(who.session()));
    who.pages().run(() -> ownDevices.resume(id));
    who.agent().run(() -> authenticator.admit(who.session()));

    TestCaller old = who.pages().signedInBefore(Duration.ofMinutes(11));
    ExpectedRefusal.with(REAUTHENTICATE, old, () -> ownDevices.revoke(id));
    who.pages().run(() -> ownDevices.revoke(id));

    ExpectedRefusal.with(DEVICE_REVOKED, who.agent(), () -> authenticator.admit(who.session()));
    ExpectedRefusal.with(DEVICE_REVOKED, who.agent(), () -> sessions.nonce(new NonceRequest(id)));
    ExpectedRefusal.with(DEVICE_REVOKED, who.pages(), () -> ownDevices.resume(id));
    ExpectedRefusal.with(
        DEVICE_REVOKED,
        who.agent(),
        () -> enrollment.enrol(who.laptop().enrolment("emp-revoke", "again")));
  }

  @Test
  void a_session_is_worth_nothing_to_anyone_else() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("emp-owner");
    TestCaller other = TestCaller.agent("emp-other", "/offered");
    ExpectedRefusal.with(DEVICE_SESSION_REQUIRED, other, () -> authenticator.admit(who.session()));
    ExpectedRefusal.with(DEVICE_SESSION_REQUIRED, other, () -> contexts.devices(who.session()));
    ExpectedRefusal.with(DEVICE_SESSION_REQUIRED, who.agent(), () -> authenticator.admit(null));
    ExpectedRefusal.with(
        NOT_FOUND, other, () -> sessions.nonce(new NonceRequest(who.laptop().id())));
    ExpectedRefusal.with(
        NOT_FOUND, other, () -> sessions.nonce(new NonceRequest(EnrollingDevice.newId())));
    ExpectedRefusal.with(
        NOT_FOUND,
        TestCaller.portal("emp-other", RealmNames.EMPLOYEE),
        () -> ownDevices.pause(who.laptop().id()));
    ExpectedRefusal.with(
        CONFLICT, other, () -> enrollment.enrol(who.laptop().enrolment("emp-other", "mine now")));
  }

  @Test
  void a_nonce_works_once() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("emp-nonce");
    String nonce =
        who.agent().call(() -> sessions.nonce(new NonceRequest(who.laptop().id()))).nonce();
    who.agent().run(() -> sessions.open(who.laptop().opening(nonce)));
    ExpectedRefusal.with(
        DEVICE_SESSION_REQUIRED, who.agent(), () -> sessions.open(who.laptop().opening(nonce)));
  }

  /** HK1-E-05. */
  @Test
  void a_device_has_twenty_nonces_at_a_time() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("emp-nonces");
    NonceRequest request = new NonceRequest(who.laptop().id());
    String first = who.agent().call(() -> sessions.nonce(request)).nonce();
    for (int i = 1; i < 20; i++) {
      who.agent().run(() -> sessions.nonce(request));
    }
    ExpectedRefusal.with(TOO_MANY_REQUESTS, who.agent(), () -> sessions.nonce(request));
    who.agent().run(() -> sessions.open(who.laptop().opening(first)));
    who.agent().run(() -> sessions.nonce(request));
  }

  @Test
  void a_nonce_is_gone_after_one_wrong_signature() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("emp-nonce-once");
    String nonce =
        who.agent().call(() -> sessions.nonce(new NonceRequest(who.laptop().id()))).nonce();
    OpenSession right = who.laptop().opening(nonce);
    OpenSession wrong =
        new OpenSession(
            right.deviceId(), nonce, "1.0", new EnrollingDevice().opening(nonce).signature());
    ExpectedRefusal.with(BAD_SIGNATURE, who.agent(), () -> sessions.open(wrong));
    ExpectedRefusal.with(DEVICE_SESSION_REQUIRED, who.agent(), () -> sessions.open(right));
  }

  @Test
  void an_agents_token_administers_nothing_and_the_pages_token_is_no_device() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("emp-clients");
    ExpectedRefusal.with(FORBIDDEN, who.agent(), ownDevices::list);
    ExpectedRefusal.with(FORBIDDEN, who.agent(), () -> optOut.optOut(Locale.ENGLISH));
    ExpectedRefusal.with(FORBIDDEN, who.pages(), () -> authenticator.admit(who.session()));
    ExpectedRefusal.with(FORBIDDEN, who.pages(), () -> vaultRelay.card(who.session()));
    TestCaller nobody = TestCaller.portal("nobody-1");
    ExpectedRefusal.byRole(nobody, () -> authenticator.admit(who.session()));
    ExpectedRefusal.byRole(nobody, ownDevices::list);
    ExpectedRefusal.byRole(nobody, () -> enrollmentQueries.view(Locale.ENGLISH));
  }

  @Test
  void a_revoked_device_leaves_its_keycloak_session_to_be_ended_until_it_is() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("emp-ending");
    who.pages().run(() -> ownDevices.revoke(who.laptop().id()));
    // The timer tries too, in vain, for there is no Keycloak: the row stays.
    assertThat(endingQueue.due()).allMatch(due -> due.keycloakSession().startsWith("session-of-"));
    assertThat(enrollmentFixture.waitingEndings(who.laptop()))
        .containsExactly("session-of-emp-ending");
  }

  @Test
  void an_earlier_sign_in_is_ended_when_no_other_device_shares_its_session() throws Exception {
    String first = "session-of-emp-again";
    Enrolled who = enrollmentFixture.enrolled("emp-again");
    EnrollingDevice other = new EnrollingDevice();
    who.agent().run(() -> enrollment.enrol(other.enrolment("emp-again", "other")));
    who.agent().run(() -> enrollment.enrol(who.laptop().enrolment("emp-again", "renamed")));
    TestCaller again = who.agent().inSession("session-of-emp-again-2");
    again.run(() -> enrollment.enrol(who.laptop().enrolment("emp-again", "laptop")));
    assertThat(enrollmentFixture.waitingEndings(who.laptop())).isEmpty();
    again.run(() -> enrollment.enrol(other.enrolment("emp-again", "other")));
    assertThat(enrollmentFixture.waitingEndings(who.laptop())).isEmpty();
    assertThat(enrollmentFixture.waitingEndings(other)).containsExactly(first);
    who.pages().run(() -> ownDevices.revoke(other.id()));
    assertThat(enrollmentFixture.waitingEndings(other))
        .containsExactly(first, "session-of-emp-again-2");
  }
}
