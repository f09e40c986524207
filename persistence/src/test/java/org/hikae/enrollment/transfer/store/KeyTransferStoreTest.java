package org.hikae.enrollment.transfer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.transfer.entity.KeyTransfer;
import org.hikae.enrollment.transfer.entity.RelayedMessage;
import org.hikae.enrollment.transfer.wire.KeyTransferStep;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.EmployeeFixture.EnrolledEmployee;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HK1-T-10: a transfer is its employee's, for ten minutes, and its messages go with it. */
class KeyTransferStoreTest extends OnBothDatabases {

  private static final Instant NOW = EmployeeFixture.START;
  private static final Instant END = NOW.plus(Duration.ofMinutes(10));

  private static String opened(TestDatabase database, EnrolledEmployee owner) {
    String id = HexFormat.of().toHexDigits(UUID.randomUUID().getMostSignificantBits()).repeat(2);
    database.inTransaction(
        em -> {
          KeyTransferStore transfers = new KeyTransferStore(em);
          KeyTransfer transfer =
              new KeyTransfer(
                  id, owner.employeeId(), owner.setId(), owner.deviceId(), "192.0.2.7", NOW, END);
          assertThat(transfers.add(transfer)).isTrue();
          transfers.add(new RelayedMessage(id, 1, KeyTransferStep.OFFER, new byte[] {1}));
          transfers.add(new RelayedMessage(id, 2, KeyTransferStep.ANSWER, new byte[] {2}));
          return null;
        });
    return id;
  }

  @ParameterizedTest
  @MethodSource("databases")
  void it_is_found_by_its_employee_until_it_ends(TestDatabase database) {
    EnrolledEmployee owner = database.inTransaction(em -> EmployeeFixture.person(em, "Moves"));
    EnrolledEmployee other = database.inTransaction(em -> EmployeeFixture.person(em, "Looks"));
    String id = opened(database, owner);
    database.inTransaction(
        em -> {
          KeyTransferStore transfers = new KeyTransferStore(em);
          KeyTransfer found = transfers.toChange(id, owner.employeeId(), NOW).orElseThrow();
          assertThat(found.transferId()).isEqualTo(id);
          assertThat(found.setId()).isEqualTo(owner.setId());
          assertThat(found.newDevice()).isEqualTo(owner.deviceId());
          assertThat(found.oldDevice()).isNull();
          assertThat(found.address()).isEqualTo("192.0.2.7");
          assertThat(found.openedAt()).isEqualTo(NOW);
          assertThat(found.expiresAt()).isEqualTo(END);
          assertThat(transfers.open(owner.employeeId(), NOW, 5)).containsExactly(found);
          assertThat(transfers.find(id, owner.employeeId(), END)).isEmpty();
          assertThat(transfers.open(owner.employeeId(), END, 5)).isEmpty();
          assertThat(transfers.find(id, other.employeeId(), NOW)).isEmpty();
          assertThat(transfers.toChange(id, other.employeeId(), NOW)).isEmpty();
          assertThat(transfers.open(other.employeeId(), NOW, 5)).isEmpty();
          assertThat(transfers.messages(id))
              .extracting(RelayedMessage::number)
              .containsExactly(1, 2);
          assertThat(transfers.messages(id).getLast().step()).isEqualTo(KeyTransferStep.ANSWER);
          assertThat(transfers.messages(id).getLast().body()).containsExactly(2);
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void what_a_device_asked_for_ends_with_the_next_and_with_its_time(TestDatabase database) {
    EnrolledEmployee owner = database.inTransaction(em -> EmployeeFixture.person(em, "Again"));
    EnrolledEmployee other = database.inTransaction(em -> EmployeeFixture.person(em, "Others"));
    String first = opened(database, owner);
    String foreign = opened(database, other);
    database.inTransaction(
        em -> {
          new KeyTransferStore(em).endOf(owner.deviceId());
          return null;
        });
    database.inTransaction(
        em -> {
          KeyTransferStore transfers = new KeyTransferStore(em);
          assertThat(transfers.find(first, owner.employeeId(), NOW)).isEmpty();
          assertThat(transfers.messages(first)).isEmpty();
          assertThat(transfers.messages(foreign)).hasSize(2);
          assertThat(transfers.forgetExpired(END.minusSeconds(1))).isZero();
          assertThat(transfers.forgetExpired(END)).isPositive();
          assertThat(transfers.messages(foreign)).isEmpty();
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void what_a_revoked_device_asked_for_is_not_found(TestDatabase database) {
    EnrolledEmployee owner = database.inTransaction(em -> EmployeeFixture.person(em, "Loses"));
    String id = opened(database, owner);
    database.inTransaction(
        em -> {
          em.find(Device.class, owner.deviceId()).revoke();
          return null;
        });
    database.inTransaction(
        em -> {
          KeyTransferStore transfers = new KeyTransferStore(em);
          assertThat(transfers.find(id, owner.employeeId(), NOW)).isEmpty();
          assertThat(transfers.toChange(id, owner.employeeId(), NOW)).isEmpty();
          assertThat(transfers.open(owner.employeeId(), NOW, 5)).isEmpty();
          return null;
        });
  }
}
