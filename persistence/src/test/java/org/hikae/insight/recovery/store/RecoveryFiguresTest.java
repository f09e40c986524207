package org.hikae.insight.recovery.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.hikae.drill.entity.StoredRecoveryProof;
import org.hikae.drill.store.RecoveryProofStore;
import org.hikae.drill.wire.RecoveryProof;
import org.hikae.drill.wire.RecoveryProofKind;
import org.hikae.insight.recovery.store.RecoveryFigures.RecoveryCount;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.EmployeeFixture.EnrolledEmployee;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who has shown that they can recover counts once, for the set in use, and not for ever. */
class RecoveryFiguresTest extends OnBothDatabases {

  private static final Instant NOW = EmployeeFixture.START;
  private static final Instant SINCE = NOW.minus(Duration.ofDays(120));
  private static final LocalDate DAY = LocalDate.parse("2026-01-01");

  private static void show(
      EntityManager em,
      EnrolledEmployee owner,
      RecoveryProofKind kind,
      Instant madeAt,
      String setId) {
    boolean drill = kind == RecoveryProofKind.DRILL;
    RecoveryProof proof =
        new RecoveryProof(
            1, kind, madeAt, setId, 1, drill ? "a".repeat(32) : null, drill ? 3 : 0, 0, "s");
    new RecoveryProofStore(em)
        .add(new StoredRecoveryProof(owner.deviceId(), owner.employeeId(), proof, NOW));
  }

  private static RecoveryCount everybody(TestDatabase database) {
    return database.inTransaction(em -> new RecoveryFigures(em).everybody(SINCE));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void only_what_is_late_enough_and_of_the_set_in_use_counts(TestDatabase database) {
    RecoveryCount before = everybody(database);
    database.inTransaction(
        em -> {
          EnrolledEmployee both = EmployeeFixture.person(em, "Both");
          show(em, both, RecoveryProofKind.DRILL, NOW, both.setId());
          show(em, both, RecoveryProofKind.PRACTICE, SINCE, both.setId());
          EnrolledEmployee old = EmployeeFixture.person(em, "Old");
          show(em, old, RecoveryProofKind.DRILL, NOW, old.setId());
          show(em, old, RecoveryProofKind.PRACTICE, SINCE.minusSeconds(1), old.setId());
          EnrolledEmployee other = EmployeeFixture.person(em, "Other set");
          show(em, other, RecoveryProofKind.DRILL, NOW, "b".repeat(32));
          show(em, other, RecoveryProofKind.PRACTICE, NOW, other.setId());
          return null;
        });
    RecoveryCount after = everybody(database);
    assertThat(after.people()).isEqualTo(before.people() + 3);
    assertThat(after.drilled()).isEqualTo(before.drilled() + 2);
    assertThat(after.practised()).isEqualTo(before.practised() + 2);
    assertThat(after.proven()).isEqualTo(before.proven() + 1);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_proof_counts_no_later_than_it_came_and_goes_with_its_device(TestDatabase database) {
    EnrolledEmployee owner = database.inTransaction(em -> EmployeeFixture.person(em, "Ahead"));
    database.inTransaction(
        em -> {
          Instant ahead = NOW.plusSeconds(300);
          show(em, owner, RecoveryProofKind.PRACTICE, ahead, owner.setId());
          return null;
        });
    database.inTransaction(
        em -> {
          RecoveryProofStore store = new RecoveryProofStore(em);
          assertThat(store.newest(owner.deviceId(), RecoveryProofKind.PRACTICE))
              .hasValueSatisfying(proof -> assertThat(proof.countsFrom()).isEqualTo(NOW));
          assertThat(store.eraseOfDevice(owner.deviceId())).isEqualTo(1);
          assertThat(store.newest(owner.deviceId(), RecoveryProofKind.PRACTICE)).isEmpty();
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_day_has_one_row(TestDatabase database) {
    database.inTransaction(
        em -> {
          RecoveryDayStore store = new RecoveryDayStore(em);
          store.of(DAY).note(NOW, 9, 8, 7, 6);
          store.of(DAY).note(NOW, 9, 8, 7, 5);
          em.flush();
          assertThat(store.since(DAY)).hasSize(1);
          assertThat(store.since(DAY).getFirst().proven()).isEqualTo(5);
          return null;
        });
  }
}
