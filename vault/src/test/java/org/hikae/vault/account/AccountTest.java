package org.hikae.vault.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.vault.account.OwnedSet.WitnessedSeries;
import org.hikae.vault.wire.StatusDone.Announcement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One employee as bytes, and the transitions of its parts. */
@DisplayName("HK1-V-14, V-15: account")
class AccountTest {

  private static final Hash256 CRED = Hash256.sha256(new byte[] {1});
  private static final Id128 SET = id(1);

  private static Id128 id(int number) {
    byte[] bytes = new byte[16];
    bytes[15] = (byte) number;
    return Id128.of(bytes);
  }

  private static Account full() {
    Account account = Account.fresh();
    account.put(AttemptCounters.NONE.charged(5));
    account.freeze(98);
    account.announce(new AnnouncedChange(Announcement.DELETE, CRED, 99, 97));
    account.put(
        new OwnedSet(SET, new byte[91], List.of(new WitnessedSeries(id(2), 3, CRED, 4, 5))));
    account.put(VaultRecord.begun(CRED, SET, id(3), CRED, 7).pending(CRED, 8, 9));
    account.put(new Attempt(id(4), CRED, CRED, id(5), 10, 11, true));
    account.learn(SET, id(6));
    account.failed(SET, 1);
    account.evaluatedAt(12);
    account.registeredAt(13);
    return account;
  }

  @Test
  @DisplayName("HK1-V-15: what is written is read, and the same account has the same bytes")
  void bytes_round_trip() throws MalformedException {
    for (Account account : List.of(Account.fresh(), full())) {
      byte[] bytes = account.encode();
      assertThat(Account.decode(bytes).encode()).isEqualTo(bytes);
    }
    assertThat(full().encode()).isNotEqualTo(Account.fresh().encode());
  }

  @Test
  @DisplayName(
      "HK1-V-39: what keepers announced last is kept, and accounts from before it are read")
  void the_keepers_row_is_kept() throws MalformedException {
    Account account = full();
    byte[] before = account.encode();
    account.custodiansAnnounced(77);
    assertThat(Account.decode(account.encode()).custodiansRow()).isEqualTo(77);
    assertThat(Account.decode(before).custodiansRow()).isZero();
  }

  @Test
  @DisplayName(
      "HK1-V-35: when people set the time, nothing done lies ahead and what waits still waits")
  void a_time_that_is_set_back_leaves_nothing_ahead() {
    Account account = Account.fresh();
    account.put(AttemptCounters.NONE.charged(1000));
    account.put(VaultRecord.begun(CRED, SET, id(3), CRED, 1000));
    account.put(new Attempt(id(4), CRED, CRED, id(5), 1000, 1, true));
    account.put(new Attempt(id(6), CRED, CRED, id(5), 90, 1, true));
    account.evaluatedAt(90);
    account.evaluatedAt(1000);
    account.registeredAt(1000);
    account.announce(new AnnouncedChange(Announcement.DELETE, CRED, 1300));

    account.timeSet(1100, 100);

    assertThat(account.counts().lastChargeMillis()).isEqualTo(100);
    assertThat(account.record(CRED).orElseThrow().changedMillis()).isEqualTo(100);
    assertThat(account.attempt(id(4)).orElseThrow().open()).isFalse();
    assertThat(account.attempt(id(6)).orElseThrow().chargedMillis()).isEqualTo(90);
    assertThat(account.evaluationsSince(0)).containsExactly(90L, 100L);
    assertThat(account.registrationsSince(0)).containsExactly(100L);
    assertThat(account.announced().orElseThrow().dueMillis()).isEqualTo(300);
    account.timeSet(500, 2000);
    assertThat(account.announced().orElseThrow().dueMillis()).as("long due").isEqualTo(2000);
  }

  @Test
  @DisplayName("HK1-V-15: no cut, lengthened or other form is read")
  void other_bytes_are_refused() {
    byte[] bytes = full().encode();
    for (int length = 0; length < bytes.length + 3; length++) {
      byte[] other = Arrays.copyOf(bytes, length);
      if (length != bytes.length) {
        assertThatThrownBy(() -> Account.decode(other)).isInstanceOf(MalformedException.class);
      }
    }
    byte[] version = bytes.clone();
    version[4 + "HK1 vault account".length() + 4] = 9;
    assertThatThrownBy(() -> Account.decode(version)).hasMessageContaining("version");
    byte[] flag = bytes.clone();
    flag[4 + "HK1 vault account".length() + 4 + 1 + 4] = 2;
    assertThatThrownBy(() -> Account.decode(flag)).hasMessageContaining("frozen");
    assertThatThrownBy(() -> RecordStage.of(9)).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @CsvSource({"-1,0,0", "11,0,0", "0,-1,0", "0,51,0", "0,0,-1"})
  @DisplayName("HK1-V-14: counts stay within their bounds")
  void counts_have_bounds(int consecutive, int lifetime, long streak) {
    assertThatThrownBy(() -> new AttemptCounters(consecutive, lifetime, streak, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("HK1-V-14: a late refund of an earlier row does not lower the present row")
  void a_late_refund_leaves_the_present_row() {
    AttemptCounters charged = AttemptCounters.NONE.charged(1).charged(2);

    assertThat(charged.voided(0)).isEqualTo(new AttemptCounters(1, 1, 0, 2));
    assertThat(charged.proven().charged(3).voided(0)).isEqualTo(new AttemptCounters(1, 1, 1, 3));
    assertThat(AttemptCounters.NONE.proven()).isEqualTo(new AttemptCounters(0, 0, 1, 0));
    assertThat(charged.lockedOut()).isEqualTo(new AttemptCounters(0, 2, 1, 2));
    assertThat(charged.renewed(2)).isEqualTo(new AttemptCounters(0, 0, 1, 0));
    assertThat(charged.renewed(1)).isEqualTo(new AttemptCounters(0, 1, 1, 0));
    assertThat(charged.renewed(3)).isEqualTo(new AttemptCounters(0, 0, 1, 0));
    assertThat(charged.restored(9)).isEqualTo(new AttemptCounters(9, 2, 1, 9));
    assertThat(new AttemptCounters(10, 10, 0, 0).exhausted()).isTrue();
    assertThat(new AttemptCounters(10, 10, 0, 0).restored(9).attemptsLeft()).isZero();
    assertThat(new AttemptCounters(0, 50, 0, 0).exhaustedForLife()).isTrue();
    assertThatThrownBy(() -> new AttemptCounters(10, 10, 0, 0).charged(1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("HK1-V-07: a record goes through its life in one direction only")
  void a_record_has_one_direction() {
    VaultRecord begun = VaultRecord.begun(CRED, SET, id(3), CRED, 7);
    VaultRecord pending = begun.pending(CRED, 8, 9);
    VaultRecord active = pending.announced(10).active(11, 12);

    assertThatThrownBy(() -> begun.active(1, 1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> pending.pending(CRED, 1, 1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(pending::evaluated).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> active.announced(1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> active.locked(1).retired(2)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> active.retired(1).locked(2)).isInstanceOf(IllegalStateException.class);
    assertThat(active.toString()).contains("ACTIVE").doesNotContain(CRED.hex());
    assertThat(full().toString()).contains("PENDING");
  }

  @Test
  @DisplayName("HK1-V-21: the device that proved itself longest ago makes room")
  void devices_are_bounded() {
    Account account = Account.fresh();
    account.put(new OwnedSet(SET, new byte[91], List.of()));
    account.put(new OwnedSet(id(9), new byte[91], List.of()));
    account.put(VaultRecord.begun(CRED, SET, id(3), CRED, 7).pending(CRED, 8, 9).active(10, 11));
    for (int i = 0; i <= VaultLimits.KNOWN_DEVICES; i++) {
      account.learn(SET, id(i));
      account.learn(SET, id(1));
      account.learn(id(9), id(100 + i));
    }
    assertThat(account.knows(id(0))).isFalse();
    assertThat(account.knows(id(1))).isTrue();
    assertThat(account.knows(id(VaultLimits.KNOWN_DEVICES))).isTrue();
    assertThat(account.knows(id(100))).as("of another set").isFalse();
    assertThat(account.knows(id(9), id(101))).isTrue();
  }

  /** What the version before wrote about an account like {@link #full}, with an ACTIVE record. */
  private static byte[] versionOne() {
    VaultRecord active =
        VaultRecord.begun(CRED, SET, id(3), CRED, 7).pending(CRED, 8, 9).active(10, 11);
    Transcript out = Transcript.of("vault account").addU8(1).addU8(1);
    AttemptCounters.NONE.charged(5).addTo(out);
    out.addU8(1).addU8(Announcement.DELETE.number()).add(CRED.toBytes()).addU64(99);
    out.addU8(1).add(SET.toBytes()).add(new byte[91]).addU8(1);
    out.add(id(2).toBytes()).addU64(3).add(CRED.toBytes()).addU64(4).addU64(5);
    out.addU16(1);
    active.addTo(out);
    out.addU16(0).addU8(1).add(id(6).toBytes());
    out.addU16(1).addU64(12);
    out.addU16(1).addU64(13);
    return out.toBytes();
  }

  @Test
  @DisplayName(
      "HK1-V-34, V-36, V-40: what an earlier version wrote is read, and devices stay known")
  void version_one_is_read() throws MalformedException {
    Account account = Account.decode(versionOne());

    assertThat(account.knows(id(2))).as("its snapshot was witnessed").isTrue();
    assertThat(account.knows(id(6))).as("of which set it was nobody knows").isFalse();
    assertThat(account.announced()).contains(new AnnouncedChange(Announcement.DELETE, CRED, 99));
    assertThat(account.frozen()).isTrue();
    assertThat(account.dueMillis()).as("its freeze gets an end").isZero();
    assertThat(account.set(SET).orElseThrow().trust())
        .isEqualTo(new SetTrust(true, 1, List.of(id(2))));
    assertThat(account.evaluationsSince(0)).containsExactly(12L);
    assertThat(account.registrationsSince(0)).containsExactly(13L);
    byte[] anew = account.encode();
    assertThat(Account.decode(anew).encode()).isEqualTo(anew);
    byte[] longer = Arrays.copyOf(versionOne(), versionOne().length + 1);
    assertThatThrownBy(() -> Account.decode(longer)).isInstanceOf(MalformedException.class);
  }

  @Test
  @DisplayName("HK1-V-21: tries are counted up to where another password is advised, and go on")
  void tries_are_counted_up_to_the_advice() {
    VaultRecord record =
        VaultRecord.begun(CRED, SET, id(3), CRED, 7).pending(CRED, 8, 9).active(10, 11);
    for (int i = 0; i < VaultLimits.EVALUATIONS_A_RECORD + 5; i++) {
      record = record.evaluated();
    }
    assertThat(record.evaluations()).isEqualTo(VaultLimits.EVALUATIONS_A_RECORD);
  }

  @Test
  @DisplayName("HK1-V-08: an attempt is open from its charge for a minute, until it is closed")
  void an_attempt_is_open_for_a_minute() {
    Attempt attempt = new Attempt(id(1), CRED, CRED, id(2), 1000, 0, true);
    assertThat(attempt.isOpenAt(999)).isFalse();
    assertThat(attempt.isOpenAt(61_000)).isTrue();
    assertThat(attempt.isOpenAt(61_001)).isFalse();
    assertThat(attempt.closed().isOpenAt(1000)).isFalse();
    Account account = Account.fresh();
    account.put(attempt);
    assertThat(account.openAttempt(CRED, 1000)).isPresent();
    assertThat(account.openAttempt(Hash256.ZERO, 1000)).isEmpty();
    assertThat(account.openAttempt(CRED, 999)).isEmpty();
  }

  @Test
  void an_identifier_is_equal_by_value_and_has_sixteen_bytes() {
    assertThat(id(7)).isEqualTo(id(7)).hasSameHashCodeAs(id(7)).isNotEqualTo(id(8));
    assertThat((Object) id(7)).isNotEqualTo("7");
    assertThat(id(7)).hasToString("00000000000000000000000000000007");
    assertThatThrownBy(() -> Id128.of(new byte[15])).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void random_bytes_are_refused_as_malformed() {
    byte[] bytes = full().encode();
    Random random = new Random(7);
    for (int round = 0; round < 5000; round++) {
      byte[] mixed = bytes.clone();
      mixed[random.nextInt(mixed.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(Account.decode(mixed).encode()).isEqualTo(mixed);
      } catch (MalformedException | IllegalArgumentException e) {
        assertThat(e).isNotNull();
      }
    }
  }
}
