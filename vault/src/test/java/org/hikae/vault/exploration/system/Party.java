package org.hikae.vault.exploration.system;

/** Who sends messages in the name of the one employee. */
public enum Party {
  /** The employee's own device: knows the password and the owner key, and may mistype. */
  OWNER(true),
  /** The employee on a new device: knows the password, signs in, and has not the owner key. */
  NEWCOMER(true),
  /** Somebody with the employee's sign-on and a device and set of their own. */
  THIEF(true),
  /** A device of the employee's in other hands: it has the owner key, and nobody signs in on it. */
  STOLEN(false),
  /** The portal with keys of its own and a token that passed through it, its sign-in long ago. */
  PORTAL(false);

  private final boolean freshSignIn;

  Party(boolean freshSignIn) {
    this.freshSignIn = freshSignIn;
  }

  public PartyIdentity identity() {
    return PartyIdentity.of(this);
  }

  /** Whether its tokens come from a sign-in of the last minutes. */
  boolean hasFreshSignIn() {
    return freshSignIn;
  }

  /** Whether it is the employee. */
  boolean isHonest() {
    return this == OWNER || this == NEWCOMER;
  }
}
