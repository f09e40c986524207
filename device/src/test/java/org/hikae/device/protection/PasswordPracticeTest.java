package org.hikae.device.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.client.Ksf;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.PasswordCheckByte;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.DeviceKeyPair;
import org.hikae.device.state.PasswordReminder;
import org.hikae.device.state.SignInProfile;
import org.hikae.device.state.StateFile;
import org.hikae.device.state.UnlockedSet;
import org.hikae.testing.SettableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordPracticeTest {

  /** Argon2id takes seconds for all of these tests, and only what is kept has to do with it. */
  private static final Ksf CHEAP = bytes -> HmacSha256.mac(new byte[] {1}, bytes);

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;
  private final SecureRandom random = new SecureRandom();
  private final SettableClock clock = new SettableClock(START);
  private final BackupKey key = BackupKey.generate(new byte[16], 1, random);
  private StateFile file;
  private PasswordPractice passwordPractice;

  @BeforeEach
  void start() throws Exception {
    file = new StateFile(new AgentHome(folder.resolve("home")));
    AgentState state =
        AgentState.enrolled(
            new SignInProfile(
                "https://p.example", "https://k.example", "a", "sub", "Ann", null, null, null),
            new DeviceKeyPair("laptop", "SECRETKEY", "PUBLIC"),
            "SECRETTOKEN");
    file.replace(newest -> state);
    KeyUnlock.store(file, key);
    passwordPractice = new PasswordPractice(file, CHEAP, clock, random);
  }

  @Test
  void pauses_grow_with_every_right_answer_and_then_stay() throws Exception {
    passwordPractice.proved(key, password("right"));
    for (int days : new int[] {2, 7, 14, 30, 60, 60, 60}) {
      assertThat(due()).isEqualTo(clock.instant().plus(Duration.ofDays(days)));
      clock.set(due());
      assertThat(passwordPractice.answered(password("right"))).isTrue();
    }
  }

  @Test
  void a_wrong_answer_changes_no_date_and_is_counted_until_the_next_right_one() throws Exception {
    passwordPractice.proved(key, password("right"));
    Instant due = due();
    for (int wrong : new int[] {1, 2, 3, 3}) {
      assertThat(passwordPractice.answered(wrong(wrong))).isFalse();
      assertThat(passwordPractice.reminder().wrong()).isEqualTo(wrong);
    }
    assertThat(due()).isEqualTo(due);

    assertThat(passwordPractice.answered(password("right"))).isTrue();
    assertThat(passwordPractice.reminder().wrong()).isZero();
  }

  @Test
  void not_now_means_in_three_days_and_does_not_start_over() throws Exception {
    passwordPractice.proved(key, password("right"));
    passwordPractice.answered(password("right"));
    passwordPractice.later();
    assertThat(due()).isEqualTo(clock.instant().plus(Duration.ofDays(3)));
    passwordPractice.answered(password("right"));
    assertThat(due()).isEqualTo(clock.instant().plus(Duration.ofDays(14)));
  }

  @Test
  void the_same_password_keeps_its_byte_and_its_place_in_the_schedule() throws Exception {
    passwordPractice.proved(key, password("right"));
    PasswordReminder first = passwordPractice.reminder();
    passwordPractice.proved(key, password("right"));

    assertThat(passwordPractice.reminder().salt()).isEqualTo(first.salt());
    assertThat(passwordPractice.reminder().trace()).isEqualTo(first.trace());
    assertThat(passwordPractice.reminder().step()).isEqualTo(1);

    passwordPractice.proved(key, other(first));
    assertThat(passwordPractice.reminder().salt()).isNotEqualTo(first.salt());
    assertThat(due()).isEqualTo(clock.instant().plus(Duration.ofDays(2)));
  }

  @Test
  void one_byte_is_all_that_is_kept_of_it() throws Exception {
    passwordPractice.proved(key, password("right"));
    PasswordReminder kept = passwordPractice.reminder();
    assertThat(passwordPractice.answered(password("right"))).isTrue();

    assertThat(kept.trace()).isBetween(0, 255);
    assertThat(kept.toString()).isEqualTo("PasswordReminder(REDACTED)");
    // Without K, or with another salt, the byte is another one: four of each leave no doubt.
    int same = 0;
    for (int i = 0; i < 4; i++) {
      try (BackupKey foreign = BackupKey.generate(new byte[16], 1, random)) {
        same +=
            PasswordCheckByte.of(CHEAP, foreign, new byte[16], password("right")) == kept.trace()
                ? 1
                : 0;
      }
      byte[] salt = new byte[16];
      random.nextBytes(salt);
      same += PasswordCheckByte.of(CHEAP, key, salt, password("right")) == kept.trace() ? 1 : 0;
    }
    assertThat(same).isLessThan(4);
  }

  @Test
  void another_set_or_none_has_nothing_to_practise() throws Exception {
    assertThatThrownBy(passwordPractice::reminder).hasMessage("remind.none");
    passwordPractice.proved(key, password("right"));
    assertThat(PasswordPractice.dueAt(file.require())).isPresent();

    file.update(newest -> newest.withSet(UnlockedSet.of("ff".repeat(16), 1, "KEY")));
    assertThatThrownBy(passwordPractice::reminder).hasMessage("remind.none");
    assertThat(PasswordPractice.dueAt(file.require())).isEmpty();
  }

  @Test
  void a_state_of_an_older_agent_has_no_reminder() throws Exception {
    assertThat(file.require().reminder()).isNull();
    assertThatThrownBy(() -> passwordPractice.answered(password("any"))).hasMessage("remind.none");
  }

  private Instant due() throws Exception {
    return Instant.ofEpochSecond(passwordPractice.reminder().dueAt());
  }

  /** A password whose byte differs from that of the right one: one in 256 would not do. */
  private SecretBytes wrong(int number) throws Exception {
    return other(passwordPractice.reminder(), number);
  }

  private SecretBytes other(PasswordReminder reminder) throws Exception {
    return other(reminder, 0);
  }

  private SecretBytes other(PasswordReminder reminder, int number) throws Exception {
    byte[] salt = org.hikae.hk1.TextCodec.parseBase64("salt", reminder.salt(), 16);
    for (int i = 0; ; i++) {
      SecretBytes guess = password("wrong " + number + " " + i);
      if (PasswordCheckByte.of(CHEAP, key, salt, guess) != reminder.trace()) {
        return guess;
      }
    }
  }

  private static SecretBytes password(String text) {
    return SecretBytes.take(text.getBytes(StandardCharsets.UTF_8));
  }
}
