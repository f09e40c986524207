package org.hikae.device.protection;

/** How the employee protects K. */
public enum KeyProtection {
  /** Either of the two opens the backup; the one that is recommended. */
  BOTH(true, true),
  /** A password, which the vault lets be tried ten times. */
  PASSWORD(true, false),
  /** The 64-digit key only; the vault has no record, so there is nothing to guess. */
  DIGIT_KEY(false, true);

  private final boolean password;
  private final boolean digitKey;

  KeyProtection(boolean password, boolean digitKey) {
    this.password = password;
    this.digitKey = digitKey;
  }

  /** Whether a password is registered in the vault. */
  public boolean password() {
    return password;
  }

  /** Whether a 64-digit key is made. */
  public boolean digitKey() {
    return digitKey;
  }
}
