package org.hikae.vault.wire;

import org.hikae.hk1.MalformedException;

/** What can happen to a record; kept by the vault and shown to the employee. */
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
  RETIRED(6);

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
