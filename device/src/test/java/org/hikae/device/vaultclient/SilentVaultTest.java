package org.hikae.device.vaultclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.CharBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.PasswordRules;
import org.hikae.hk1.TextCodec;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.VaultMessageType;
import org.junit.jupiter.api.Test;

/** HK1-V-45: a connection that falls silent during a login costs no attempt. */
class SilentVaultTest extends CompanyTestBase {

  private static final Duration SHORT = Duration.ofMillis(500);

  /** Less than any other exchange may take. */
  private static final Duration MINUTE = Duration.ofSeconds(50);

  @Test
  void a_guess_whose_answer_stays_away_is_sent_again_within_its_minute() throws Exception {
    try (SignedInAgent agent = SignedInAgent.open(optedIn("first").surroundings(), "en")) {
      VaultLogin login = new VaultLogin(agent.door().open(), new SecureRandom(), SHORT);
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
    try (SignedInAgent agent = SignedInAgent.open(optedIn("first").surroundings(), "en")) {
      VaultLogin login = new VaultLogin(agent.door().open(), new SecureRandom(), SHORT);
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

  private static byte[] setId(SignedInAgent agent) throws Exception {
    return TextCodec.parseId("setId", agent.stateFile().require().set().setId());
  }

  private static SecretBytes typed() throws Exception {
    return PasswordRules.normalise(CharBuffer.wrap(PASSWORD));
  }
}
