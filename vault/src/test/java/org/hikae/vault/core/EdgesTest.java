package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hikae.crypto.group.DhKey;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.client.ClientLogin;
import org.hikae.hk1.Hash256;
import org.hikae.vault.core.TestDevice.Registered;
import org.hikae.vault.core.TestDevice.Started;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultPayload.Operation;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Refused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Races, outages and impossible rows, one by one. */
@DisplayName("HK1-V-05, V-08, V-09, V-14: edges")
class EdgesTest {

  private static final String PASSWORD = "twelve characters";

  @TempDir private Path directory;
  private VaultWorld world;
  private TestDevice device;
  private Registered registered;

  @BeforeEach
  void open() {
    world = new VaultWorld(directory);
    device = world.lastingDevice("alice");
    registered = device.register(PASSWORD);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private TestDevice throughVaultThat(Runnable beforeEvaluation) {
    return new OtherVault(world, new WatchedRoot(world.root, beforeEvaluation)).device(device);
  }

  private static VaultRefusal refusal(VaultReply reply) {
    assertThat(reply).isInstanceOf(Refused.class);
    return ((Refused) reply).refusal();
  }

  @Test
  @DisplayName("HK1-V-08: an evaluation that takes longer than the login's minute gives no KE2")
  void an_attempt_that_ran_out_meanwhile_is_not_answered() {
    TestDevice slow =
        throughVaultThat(
            () -> {
              world.clock.advance(Duration.ofSeconds(61));
              world.vault.sweep();
            });

    assertThat(refusal(slow.start(registered.credId(), PASSWORD).reply()))
        .isEqualTo(VaultRefusal.WRONG_STATE);
    assertThat(device.status().attemptsLeft()).isEqualTo(9);
  }

  @Test
  @DisplayName("HK1-V-08: an outage of one repeat does not void a charge that another answered")
  void an_answered_charge_is_never_voided() {
    byte[] loginId = device.fresh(16);
    ClientLogin login = device.startLogin(PASSWORD);
    AtomicBoolean answered = new AtomicBoolean();
    TestDevice failing =
        throughVaultThat(
            () -> {
              answered.set(device.restart(loginId, registered.credId(), login).ke2().length > 0);
              throw new UnavailableException("The token went away.", null);
            });

    VaultReply outage = failing.restart(loginId, registered.credId(), login).reply();

    assertThat(refusal(outage)).isEqualTo(VaultRefusal.UNAVAILABLE);
    assertThat(answered).isTrue();
    assertThat(device.status().attemptsLeft()).isEqualTo(9);
  }

  @Test
  @DisplayName("HK1-V-08: a charge voided by one repeat's outage takes the other's KE2 with it")
  void a_voided_charge_is_not_answered() {
    byte[] loginId = device.fresh(16);
    ClientLogin login = device.startLogin(PASSWORD);
    TestDevice failing =
        throughVaultThat(
            () -> {
              throw new UnavailableException("The token went away.", null);
            });
    TestDevice slow = throughVaultThat(() -> failing.restart(loginId, registered.credId(), login));

    VaultReply reply = slow.restart(loginId, registered.credId(), login).reply();

    assertThat(refusal(reply)).isEqualTo(VaultRefusal.WRONG_STATE);
    assertThat(device.status().attemptsLeft()).isEqualTo(10);
  }

  @Test
  @DisplayName("HK1-V-09: KE3 before any KE2 was made is refused")
  void ke3_before_ke2_is_refused() {
    byte[] loginId = device.fresh(16);
    TestDevice dying =
        throughVaultThat(
            () -> {
              throw new IllegalStateException("killed here");
            });
    dying.restart(loginId, registered.credId(), device.startLogin(PASSWORD));

    byte[] finish =
        new VaultPayload.LoginFinish(loginId, new byte[32], Operation.FETCH, new byte[32]).encode();

    assertThat(refusal(device.send(VaultMessageType.LOGIN_FINISH, finish)))
        .isEqualTo(VaultRefusal.WRONG_STATE);
  }

  @Test
  @DisplayName("HK1-V-08: a loginId used on one record is not taken for another")
  void a_login_belongs_to_its_record() {
    Started started = device.start(registered.credId(), PASSWORD);
    Registered next = device.register(PASSWORD);

    Started crossed = device.restart(started.loginId(), next.credId(), started.login());

    assertThat(refusal(crossed.reply())).isEqualTo(VaultRefusal.WRONG_STATE);
    assertThat(refusal(device.finish(started, Operation.FETCH))).isEqualTo(VaultRefusal.NO_RECORD);
  }

  @Test
  @DisplayName("HK1-V-08: one's own record under another set looks like none")
  void another_set_looks_like_none() {
    device.setId = device.fresh(16);

    assertThat(refusal(device.start(registered.credId(), PASSWORD).reply()))
        .isEqualTo(VaultRefusal.NO_RECORD);
  }

  @Test
  @DisplayName(
      "HK1-V-08: when every login is closed, the last wrong KE3 locks and names the caller")
  void all_closed_locks_at_once() {
    for (int i = 0; i < 10; i++) {
      Started started = device.start(registered.credId(), "wrong");
      byte[] finish =
          new VaultPayload.LoginFinish(
                  started.loginId(), new byte[32], Operation.FETCH, new byte[32])
              .encode();
      VaultRefusal refusal = refusal(device.send(VaultMessageType.LOGIN_FINISH, finish));
      assertThat(refusal).isEqualTo(i < 9 ? VaultRefusal.LOGIN_FAILED : VaultRefusal.LOCKED);
    }
    assertThat(device.status().state()).isEqualTo(RecordState.LOCKED);
  }

  @Test
  @DisplayName("HK1-V-04: a channel key that does not answer is UNAVAILABLE, in clear")
  void a_channel_outage_is_unavailable() {
    RootKey noChannel =
        new WatchedRoot(world.root, () -> {}) {
          @Override
          public DhKey channel() {
            return new DhKey() {
              @Override
              public Element publicKey() {
                return world.root.channel().publicKey();
              }

              @Override
              public Element agree(Element peer) {
                throw new UnavailableException("The token went away.", null);
              }
            };
          }
        };
    TestDevice through = new OtherVault(world, noChannel).device(device);

    assertThat(
            refusal(
                through.send(
                    VaultMessageType.STATUS, new VaultPayload.Status(new byte[16]).encode())))
        .isEqualTo(VaultRefusal.UNAVAILABLE);
  }

  @Test
  @DisplayName("HK1-V-07: a PENDING row without its time is an alarm")
  void a_row_without_its_time_is_refused() {
    TestDevice bob = world.lastingDevice("bob");
    Registered pending = bob.registerPending(PASSWORD);
    world.tamper("UPDATE vault_record SET pending_at = NULL WHERE stage = 2");

    assertThat(
            refusal(
                bob.send(
                    VaultMessageType.EXPOSE,
                    bob.expose(pending.credId(), pending.pending()).encode())))
        .isEqualTo(VaultRefusal.UNAVAILABLE);
  }

  @Test
  @DisplayName("HK1-V-05: sealed bytes of another shape are refused after they opened")
  void sealed_bytes_of_another_shape_are_refused() {
    RecordSeal seal = new RecordSeal(world.root, VaultWorld.TENANT, world.random);
    VaultRecord row =
        world.store.transact(rows -> rows.record(Hash256.of(registered.credId())).orElseThrow());
    RecordSeal.Secrets secrets = seal.open(row);
    VaultRecord tooLong =
        resealed(row, seal, new RecordSeal.Secrets(secrets.factor(), new byte[200], new byte[0]));
    VaultRecord noUpload =
        resealed(row, seal, new RecordSeal.Secrets(secrets.factor(), new byte[3], secrets.wrap()));
    VaultRecord none =
        new VaultRecord(row.id(), row.stage(), row.origin(), row.pendingAt(), row.activeAt(), null);

    assertThatThrownBy(() -> seal.open(tooLong)).isInstanceOf(TamperedException.class);
    assertThatThrownBy(() -> seal.open(none)).isInstanceOf(TamperedException.class);
    world.store.transact(
        rows -> {
          rows.update(Stage.ACTIVE, noUpload);
          return true;
        });
    assertThat(refusal(device.start(registered.credId(), PASSWORD).reply()))
        .isEqualTo(VaultRefusal.UNAVAILABLE);
  }

  private static VaultRecord resealed(
      VaultRecord row, RecordSeal seal, RecordSeal.Secrets secrets) {
    return new VaultRecord(
        row.id(),
        row.stage(),
        row.origin(),
        row.pendingAt(),
        row.activeAt(),
        seal.seal(row.id(), row.stage(), secrets));
  }

  @Test
  @DisplayName("HK1-V-09: a sealed login of another shape is refused, and nothing prints secrets")
  void a_sealed_login_of_another_shape_is_refused() {
    RecordSeal seal = new RecordSeal(world.root, VaultWorld.TENANT, world.random);
    EmployeeId employee = EmployeeId.of(VaultWorld.TENANT, VaultWorld.ISSUER, "alice");
    Attempt attempt =
        new Attempt(
            new Attempt.Id(employee, new byte[16], Hash256.of(registered.credId())),
            Hash256.ZERO,
            new byte[16],
            world.clock.instant(),
            0,
            Attempt.State.OPEN,
            null);
    RecordSeal.Login login = new RecordSeal.Login(new byte[5], SecretBytes.copyOf(new byte[64]));

    assertThatThrownBy(() -> seal.open(attempt.answered(seal.seal(attempt, login))))
        .isInstanceOf(TamperedException.class);
    assertThat(login).hasToString("Login(REDACTED)");
    assertThat(attempt).hasToString("Attempt(OPEN)");
    assertThat(new RecordSeal.Secrets(Scalar.random(world.random), new byte[0], new byte[0]))
        .hasToString("Secrets(REDACTED)");
  }

  @ParameterizedTest
  @CsvSource({"-1,0,0", "11,0,0", "0,-1,0", "0,51,0", "0,0,-1"})
  @DisplayName("HK1-V-14: counts stay within their bounds")
  void counts_have_bounds(int consecutive, int lifetime, long run) {
    assertThatThrownBy(() -> new Counts(consecutive, lifetime, run))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("HK1-V-14: a late refund of an earlier row does not lower the present row")
  void a_late_refund_leaves_the_present_row() {
    Counts charged = Counts.NONE.charged().charged();

    assertThat(charged.voided(0)).isEqualTo(new Counts(1, 1, 0));
    assertThat(charged.proven().charged().voided(0)).isEqualTo(new Counts(1, 1, 1));
    assertThat(Counts.NONE.proven()).isEqualTo(new Counts(0, 0, 1));
    assertThat(charged.lockedOut()).isEqualTo(new Counts(0, 2, 1));
    assertThat(new Counts(10, 10, 0).exhausted()).isTrue();
    assertThat(new Counts(0, 50, 0).exhaustedForLife()).isTrue();
    assertThatThrownBy(() -> new Counts(10, 10, 0).charged())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("a record goes through its life in one direction only")
  void a_record_has_one_direction() {
    VaultRecord active =
        world.store.transact(rows -> rows.record(Hash256.of(registered.credId())).orElseThrow());
    Instant now = world.clock.instant();

    assertThatThrownBy(() -> active.pending(now, new byte[1]))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> active.active(now, new byte[1]))
        .isInstanceOf(IllegalStateException.class);
    assertThat(active.locked().sealed()).isNull();
    assertThatThrownBy(() -> active.locked().retired()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> active.retired().locked()).isInstanceOf(IllegalStateException.class);
  }
}
