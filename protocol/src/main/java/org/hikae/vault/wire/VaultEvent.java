package org.hikae.vault.wire;

import org.hikae.hk1.MalformedException;

/**
 * What can happen in the vault; each is a row of its ledger and a receipt of the employee (spec
 * HK1-V-12). The number is on the wire and in the ledger.
 */
public enum VaultEvent {
  /** A record was registered. */
  PENDING(1),
  /** A record became the active one. */
  ACTIVE(2),
  /** A password was tried; charged as wrong until proven right. */
  CHARGED(3),
  /** A login was completed; its charge was taken back. */
  OPENED(4),
  /** The record was destroyed by wrong passwords. */
  LOCKED(5),
  /** The record was replaced or given up. */
  RETIRED(6),
  /** A registration was begun: one evaluation was given out. */
  BEGUN(7),
  /** A charge was taken back because the vault itself never answered it. */
  VOIDED(8),
  /** A started login was closed by a wrong proof; its charge stays. */
  FAILED(9),
  /** A set became known to the vault with its owner key. */
  CLAIMED(10),
  /** The newest snapshot of a device's series was witnessed. */
  WITNESSED(11),
  /** The owner stopped all attempts. */
  FROZEN(12),
  /** The owner allowed attempts again. */
  UNFROZEN(13),
  /** The owner wants the record replaced; it will be after the announced time. */
  REPLACE_ANNOUNCED(14),
  /** The owner wants the record deleted; it will be after the announced time. */
  DELETE_ANNOUNCED(15),
  /** Two administrators want the record deleted; it will be after the announced time. */
  ADMIN_DELETE_ANNOUNCED(16),
  /** What was announced will not happen. */
  VETOED(17),
  /** The set has a new owner key, signed by the old one. */
  HANDED_OVER(18),
  /**
   * An older copy of the vault's database was accepted by two people; one attempt is left at most.
   */
  RESTORED(19),
  /** The vault began its ledger. */
  FOUNDED(20),
  /** The end of the portal's audit trail was told. */
  AUDIT_HEAD(21),
  /** An export of the portal's audit trail was made. */
  AUDIT_EXPORT(22);

  private final int number;

  VaultEvent(int number) {
    this.number = number;
  }

  /** The number on the wire. */
  public int number() {
    return number;
  }

  /** The event with this number. */
  public static VaultEvent of(int number) throws MalformedException {
    for (VaultEvent event : values()) {
      if (event.number == number) {
        return event;
      }
    }
    throw new MalformedException("Vault event " + number + " is unknown.");
  }
}
