package org.hikae.vault.exploration.system;

import org.hikae.vault.account.Id128;
import org.hikae.vault.core.AuthenticatedDevice;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.VaultMessageType;
import org.jspecify.annotations.Nullable;

/**
 * A message as it was sent. The network may deliver it late, more than once, or never.
 *
 * @param sentMillis when the device signed it
 * @param meaning what the oracle knows of it and the vault does not
 */
public record SentMessage(
    Party from,
    VaultMessageType type,
    byte[] payload,
    Id128 setId,
    @Nullable LedgerHead seen,
    long sentMillis,
    Meaning meaning) {

  /**
   * What a message means.
   *
   * @param guess number of the guess that it makes or proves; 0 for none
   * @param right whether it is the proof of somebody who knows the password
   * @param renews whether it is a proof that puts a new password in place
   */
  public record Meaning(int guess, boolean right, boolean renews) {
    static final Meaning NONE = new Meaning(0, false, false);
  }

  public AuthenticatedDevice caller() {
    return new AuthenticatedDevice(
        ExploredSystem.EMPLOYEE, from.identity().deviceKey(), setId, seen, from.hasFreshSignIn());
  }

  @Override
  public String toString() {
    return from + " " + type;
  }
}
