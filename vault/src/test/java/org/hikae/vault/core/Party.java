package org.hikae.vault.core;

/** Who sends messages in the name of the one employee. */
enum Party {
  /** The employee's own device: knows the password and the owner key, and may mistype. */
  OWNER,
  /** Somebody with the employee's sign-on and a device and set of their own. */
  THIEF;

  Identity identity() {
    return Identity.of(this);
  }
}
