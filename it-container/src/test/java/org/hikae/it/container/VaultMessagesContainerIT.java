package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.hikae.problem.wire.ProblemCode.TOO_MANY_REQUESTS;
import static org.hikae.problem.wire.ProblemCode.VAULT_UNAVAILABLE;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import javax.sql.DataSource;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.it.container.fixture.EnrollmentFixture;
import org.hikae.it.container.fixture.EnrollmentFixture.Enrolled;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.PostgresOnly;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.problem.control.Refusal;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.boundary.VaultRelay;
import org.hikae.vault.wire.VaultEnvelope;
import org.hikae.vault.wire.VaultMessageType;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How many messages to the vault one employee may send. There is no vault here, which a message
 * finds out only when it is let through. Time budget: 20 seconds beside the server's start.
 */
@PostgresOnly
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
@EveryThirdRun
class VaultMessagesContainerIT {

  private static final int TRACED = 60;
  private static final int ALL = 300;

  @Inject private EnrollmentFixture enrollmentFixture;
  @Inject private DeviceAuthenticator authenticator;
  @Inject private VaultRelay vaultRelay;

  @Resource(lookup = "java:jboss/datasources/HikaeDS")
  private DataSource application;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @Test
  void messages_are_bounded_and_attempts_which_leave_a_trace_more_so() throws Exception {
    Enrolled who = enrollmentFixture.enrolled("emp-eager");
    long employeeId = who.agent().call(() -> authenticator.admit(who.session())).employeeId();
    relay(who, VaultMessageType.LOGIN_START, TRACED);
    refusedForNow(who, VaultMessageType.LOGIN_START);
    assertThat(attemptsInTrail(employeeId)).isEqualTo(TRACED);
    relay(who, VaultMessageType.STATUS, ALL - TRACED - 1);
    refusedForNow(who, VaultMessageType.STATUS);
    relay(enrollmentFixture.enrolled("emp-calm"), VaultMessageType.LOGIN_START, 1);
  }

  private void relay(Enrolled who, VaultMessageType type, int count) {
    byte[] envelope = new VaultEnvelope(type, 1, new byte[] {1}).encode();
    for (int i = 0; i < count; i++) {
      ExpectedRefusal.with(
          VAULT_UNAVAILABLE, who.agent(), () -> vaultRelay.message(who.session(), envelope));
    }
  }

  private void refusedForNow(Enrolled who, VaultMessageType type) {
    byte[] envelope = new VaultEnvelope(type, 1, new byte[] {1}).encode();
    Throwable thrown =
        catchThrowable(() -> who.agent().run(() -> vaultRelay.message(who.session(), envelope)));
    assertThat(thrown).isInstanceOf(Refusal.class);
    assertThat(((Refusal) thrown).code()).isEqualTo(TOO_MANY_REQUESTS);
    assertThat(((Refusal) thrown).retryAfterSeconds()).isBetween(1, 60);
  }

  private long attemptsInTrail(long employeeId) throws Exception {
    try (Connection connection = application.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select count(*) from audit_event where action = 'vault.attempt' and object = ?")) {
      query.setString(1, "employee:" + employeeId);
      try (ResultSet row = query.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getLong(1);
      }
    }
  }
}
