package org.hikae.device.vaultclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.CharBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.PasswordRules;
import org.hikae.hk1.TextCodec;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.VaultMessageType;
import org.junit.jupiter.api.Test;

/** HK1-V-45: a connection that falls silent, or a slow computer, costs no attempt. */
class SilentVaultTest extends CompanyTestBase {

  private static final Duration SHORT = Duration.ofMillis(500);

  /** Less than any other exchange may take. */
  private static final Duration MINUTE = Duration.ofSeconds(50);

  @Test
  void a_guess_whose_answer_stays_away_is_sent_again_within_its_minute() throws Exception {
    try (SignedInAgent agent = SignedInAgent.open(optedIn("first").environment(), "en")) {
      VaultLogin login = new VaultLogin(agent.vaultConnector().open(), new SecureRandom(), SHORT);
      byte[] setId = setId(agent);
      StatusDone record = login.activeRecord(setId);
      int guesses = company.vault().guesses();
      company.answersForTheVaultWith(0);
      company.vault().loseReplies(VaultMessageType.LOGIN_START, 1);
      assertTimeout(
          MINUTE,
          () -> {
            try (SecretBytes password = typed()) {
              login.start(setId, record.record().credId(), password).close();
            }
          });
      assertThat(company.vault().guesses()).isEqualTo(guesses + 1);
    }
  }

  @Test
  void a_key_whose_answer_stays_away_is_asked_for_again_within_the_minute() throws Exception {
    try (SignedInAgent agent = SignedInAgent.open(optedIn("first").environment(), "en")) {
      VaultLogin login = new VaultLogin(agent.vaultConnector().open(), new SecureRandom(), SHORT);
      byte[] setId = setId(agent);
      StatusDone record = login.activeRecord(setId);
      company.answersForTheVaultWith(0);
      company.vault().loseReplies(VaultMessageType.LOGIN_FINISH, 1);
      assertTimeout(
          MINUTE,
          () -> {
            try (SecretBytes password = typed();
                BackupKey key = login.open(setId, record, password)) {
              assertThat(key.setId()).isEqualTo(setId);
            }
          });
    }
  }

  /** Slow in its first message and in stretching: by its own count from there it is too late. */
  @Test
  void a_key_is_asked_for_and_asked_for_again_however_late_it_has_become() throws Exception {
    SlowComputer slow = new SlowComputer();
    try (SignedInAgent agent = SignedInAgent.open(slow.of(optedIn("first")), "en")) {
      VaultLogin login = new VaultLogin(agent.vaultConnector().open(), new SecureRandom(), SHORT);
      byte[] setId = setId(agent);
      StatusDone record = login.activeRecord(setId);
      int guesses = company.vault().guesses();
      company.answersForTheVaultWith(0);
      company.vault().changeReplies(slow::receives);
      company.vault().loseReplies(VaultMessageType.LOGIN_FINISH, 1);
      slow.takes(Duration.ofSeconds(30));
      try (SecretBytes password = typed();
          BackupKey key = login.open(setId, record, password)) {
        assertThat(key.setId()).isEqualTo(setId);
      }
      assertThat(slow.passed()).isEqualTo(Duration.ofSeconds(60));
      assertThat(company.vault().guesses()).as("the first was lost").isEqualTo(guesses + 2);
    }
  }

  /** One whose clock goes on while it receives the next answer, and while it stretches then. */
  private static final class SlowComputer {

    private Duration passed = Duration.ZERO;
    private Duration receiving = Duration.ZERO;
    private Duration stretching = Duration.ZERO;

    AgentEnvironment of(AgentHarness device) {
      AgentEnvironment usual = device.environment();
      InstantSource clock = () -> usual.clock().instant().plus(passed);
      return usual
          .like()
          .clock(clock.withZone(ZoneOffset.UTC))
          .ksf(
              bytes -> {
                passed = passed.plus(stretching);
                stretching = Duration.ZERO;
                return usual.ksf().stretch(bytes);
              })
          .build();
    }

    void takes(Duration each) {
      receiving = each;
      stretching = each;
    }

    byte[] receives(byte[] reply) {
      passed = passed.plus(receiving);
      receiving = Duration.ZERO;
      return reply;
    }

    Duration passed() {
      return passed;
    }
  }

  private static byte[] setId(SignedInAgent agent) throws Exception {
    return TextCodec.parseId("setId", agent.stateFile().require().set().setId());
  }

  private static SecretBytes typed() throws Exception {
    return PasswordRules.normalise(CharBuffer.wrap(PASSWORD));
  }
}
