package org.hikae.vault.wire;

import org.hikae.hk1.MalformedException;

/**
 * The messages a device can send to the vault. The number is in the envelope and in the channel's
 * info.
 */
public enum VaultMessageType {
  /** First phase of a registration: one OPRF evaluation under a fresh credId. */
  REG_INIT(1),
  /** Second phase: the record and the password wrap; the record is PENDING. */
  REG_FINISH(2),
  /** Third phase, signed by the owner key: the record may be tried. */
  EXPOSE(3),
  /** One guess: charged before the answer. */
  LOGIN_START(4),
  /** Proof that the guess was right, and one operation. */
  LOGIN_FINISH(5),
  /** State, attempts left and receipts; costs nothing. */
  STATUS(6),
  /** The newest snapshot of the device's series, for others to compare with. */
  WITNESS(7),
  /** An order signed by the owner key: freeze, unfreeze, delete, veto, hand over. */
  ORDER(8);

  private final int number;

  VaultMessageType(int number) {
    this.number = number;
  }

  /** The number on the wire. */
  public int number() {
    return number;
  }

  /** The type with this number. */
  public static VaultMessageType of(int number) throws MalformedException {
    for (VaultMessageType type : values()) {
      if (type.number == number) {
        return type;
      }
    }
    throw new MalformedException("Vault message type " + number + " is unknown.");
  }
}
