package org.hikae.vault.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Refused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A vault that keeps nothing yet, and a device of Alice's. */
public abstract class VaultTestBase {

  protected static final String PASSWORD = "twelve characters";
  protected static final String WRONG = "another password!";
  protected static final byte[] NO_ARGUMENT = new byte[0];

  protected VaultFixture fixture;
  protected TestDevice device;

  @BeforeEach
  void openVault() {
    fixture = new VaultFixture();
    device = fixture.device("alice");
  }

  @AfterEach
  void closeVault() {
    fixture.close();
  }

  protected static Refused refused(VaultReply reply) {
    assertThat(reply).isInstanceOf(Refused.class);
    return (Refused) reply;
  }

  protected static VaultRefusal refusal(VaultReply reply) {
    return refused(reply).refusal();
  }
}
