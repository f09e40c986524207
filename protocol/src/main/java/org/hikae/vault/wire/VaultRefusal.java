package org.hikae.vault.wire;

import org.hikae.hk1.MalformedException;

/** Every way the vault says no. The number travels; the sentence for people is the agent's. */
public enum VaultRefusal {
  /** The bytes have not the form the protocol prescribes; nothing was charged. */
  MALFORMED(1),
  /** Sealed to a card the vault no longer serves: fetch the card and try again. */
  UNKNOWN_CARD(2),
  /**
   * The token is not one of this tenant's, has expired, is not meant for the vault, or is not bound
   * to the device.
   */
  TOKEN_REFUSED(3),
  /** The sign-in is older than ten minutes: sign in again. */
  REAUTHENTICATE(4),
  /** The device's signature or clock is wrong. */
  DEVICE_REFUSED(5),
  /** This employee has no record in the vault. */
  NO_RECORD(6),
  /** The record, login or registration is not in a state that allows this. */
  WRONG_STATE(7),
  /**
   * No attempt is left: the record is destroyed for good, a minute after the last answer at most.
   */
  LOCKED(8),
  /** Too early: try again after the stated time. */
  WAIT(9),
  /** A limit of registrations or logins was reached for now. */
  LIMIT(10),
  /** KE3 or the operation's MAC is wrong; the attempt stays charged. */
  LOGIN_FAILED(11),
  /** The owner's signature is wrong. */
  OWNER_REFUSED(12),
  /** The vault cannot serve now; may come in the clear, and tells nothing about a charge. */
  UNAVAILABLE(13),
  /** The owner froze the record: unfreeze it first, or wait until that ends by itself. */
  FROZEN(14),
  /** The last three attempts are kept for devices of the record's set. */
  RESERVED(15),
  /** Many records are being tried: a device that is not of the record's set has to wait. */
  BRAKE(16),
  /** Of vaults before: the record was evaluated too often, the password must be changed. */
  RENEW(17),
  /** The vault closed itself after an alarm and serves nobody until people have looked. */
  SEALED(18);

  private final int number;

  VaultRefusal(int number) {
    this.number = number;
  }

  /** The number on the wire. */
  public int number() {
    return number;
  }

  /** The refusal with this number. */
  public static VaultRefusal of(int number) throws MalformedException {
    for (VaultRefusal refusal : values()) {
      if (refusal.number == number) {
        return refusal;
      }
    }
    throw new MalformedException("Vault refusal " + number + " is unknown.");
  }
}
