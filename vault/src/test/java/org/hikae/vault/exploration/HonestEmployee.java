package org.hikae.vault.exploration;

import org.hikae.vault.exploration.system.Party;

/** Which honest employee goes on. Who has nothing but the 64-digit key needs no vault. */
enum HonestEmployee {
  /** On their device, with the owner key. */
  WITH_THE_KEY(Party.OWNER, false),
  /** The same after three days in which the portal has let nothing through. */
  AFTER_SILENCE(Party.OWNER, true),
  /** On a new device, with the password and a sign-in, and without the owner key. */
  WITHOUT_THE_KEY(Party.NEWCOMER, false),
  /** The same after such days. */
  WITHOUT_THE_KEY_AFTER_SILENCE(Party.NEWCOMER, true);

  final Party party;
  final boolean wasSilenced;

  HonestEmployee(Party party, boolean wasSilenced) {
    this.party = party;
    this.wasSilenced = wasSilenced;
  }

  boolean hasKey() {
    return party == Party.OWNER;
  }
}
