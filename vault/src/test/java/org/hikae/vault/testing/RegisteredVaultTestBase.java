package org.hikae.vault.testing;

import org.hikae.vault.testing.TestDevice.Registered;
import org.junit.jupiter.api.BeforeEach;

/** The same, with Alice's password registered. */
public abstract class RegisteredVaultTestBase extends VaultTestBase {

  protected Registered registered;

  @BeforeEach
  void registerPassword() {
    registered = device.register(PASSWORD);
  }
}
