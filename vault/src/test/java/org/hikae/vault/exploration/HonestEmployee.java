package org.hikae.vault.exploration;

import org.hikae.vault.exploration.system.Party;

/** Which honest employee goes on. Who has nothing but the 64-digit key needs no vault. */
enum HonestEmployee {
  /** On their device, with the owner key. */
  WITH_THE_KEY(Party.OWNER),
  /** The same after three days in which the portal has let nothing through. */
  AFTER_SILENCE(Party.OWNER),
  /** On a new device, with the password and a sign-in, and without the owner key. */
  WITHOUT_THE_KEY(Party.NEWCOMER);

  final Party party;

  HonestEmployee(Party party) {
    this.party = party;
  }

  boolean hasKey() {
    return party == Party.OWNER;
  }
}
