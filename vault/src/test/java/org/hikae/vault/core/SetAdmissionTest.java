package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.VaultTestBase;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Eight sets an employee has at most, and which of them gives way. */
@DisplayName("HK1-V-38: sets")
class SetAdmissionTest extends VaultTestBase {

  private TestDevice signedIn;
  private TestDevice unattended;

  @BeforeEach
  void open() {
    signedIn = device;
    unattended = fixture.unattended("alice");
  }

  private byte[] claim(TestDevice by) {
    by.setId = by.fresh(16);
    by.ownerKey = SigningKey.generate(fixture.random);
    by.receipt(by.witness(1, Hash256.ZERO));
    return by.setId;
  }

  private VaultReply tryToClaim(TestDevice by) {
    by.setId = by.fresh(16);
    return by.witness(1, Hash256.ZERO);
  }

  private boolean isKept(byte[] setId) {
    return fixture.account("alice").set(Id128.of(setId)).isPresent();
  }

  @Test
  @DisplayName("HK1-V-38: backups without a sign-in are witnessed, and displace nobody's")
  void without_a_sign_in_nobody_is_displaced() {
    byte[] first = claim(unattended);
    for (int i = 1; i < VaultLimits.SETS; i++) {
      fixture.clock.advance(Duration.ofSeconds(1));
      claim(unattended);
    }
    assertThat(refusal(tryToClaim(unattended))).isEqualTo(VaultRefusal.LIMIT);
    assertThat(isKept(first)).isTrue();

    assertThat(tryToClaim(signedIn)).isInstanceOf(VaultReply.Done.class);
    assertThat(isKept(first)).as("the one that was used longest ago").isFalse();
    assertThat(isKept(unattended.setId)).as("was refused").isFalse();
  }

  @Test
  @DisplayName("HK1-V-38: one fresh sign-in with the owner key keeps a set for good")
  void one_sign_in_keeps_a_set() {
    byte[] mine = claim(unattended);
    TestDevice later = fixture.device("alice").speakingFor(unattended);
    later.receipt(later.witness(2, Hash256.ZERO));
    for (int i = 0; i < 2 * VaultLimits.SETS; i++) {
      tryToClaim(signedIn);
    }
    assertThat(isKept(mine)).isTrue();
  }

  @Test
  @DisplayName("HK1-V-38: what a thief claimed with a sign-in gives way once it is not used")
  void what_is_not_used_gives_way() {
    for (int i = 0; i < VaultLimits.SETS; i++) {
      claim(signedIn);
    }
    TestDevice owner = fixture.device("alice");
    assertThat(refusal(tryToClaim(owner))).isEqualTo(VaultRefusal.LIMIT);
    fixture.clock.advance(VaultLimits.SET_IDLE.plusSeconds(1));
    assertThat(refusal(tryToClaim(unattended))).isEqualTo(VaultRefusal.LIMIT);
    assertThat(tryToClaim(owner)).isInstanceOf(VaultReply.Done.class);
  }

  @Test
  @DisplayName("HK1-V-38: a set with a record never gives way")
  void a_set_with_a_record_stays() {
    TestDevice owner = fixture.device("alice");
    owner.register("twelve characters");
    byte[] mine = owner.setId;
    fixture.clock.advance(VaultLimits.SET_IDLE.plusDays(1));
    for (int i = 0; i < 2 * VaultLimits.SETS; i++) {
      tryToClaim(signedIn);
    }
    assertThat(isKept(mine)).isTrue();
  }
}
