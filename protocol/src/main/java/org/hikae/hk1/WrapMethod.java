package org.hikae.hk1;

/** Ways to protect K. Numbers are final; 3 (passkey) and 4 (officers) are reserved. */
public enum WrapMethod {
  /**
   * Opened by the password through the vault; the wrap itself lies in the vault's sealed record.
   */
  PASSWORD_VAULT(1, Hk1Constants.HASH_BYTES),
  /** Opened by the 64-digit key that only the employee has. */
  DIGIT_KEY(2, 0),
  /** Opened by K of the next generation, whose number is the parameter. */
  CHAIN(5, 4);

  private final int number;
  private final int paramsBytes;

  WrapMethod(int number, int paramsBytes) {
    this.number = number;
    this.paramsBytes = paramsBytes;
  }

  /** The method's number in the wrap. */
  public int number() {
    return number;
  }

  /** Whether it opens with something that a person has; a chain only leads to an older K. */
  public boolean protects() {
    return this != CHAIN;
  }

  /** Exact length of the method's parameters, in bytes. */
  public int paramsBytes() {
    return paramsBytes;
  }

  /** The method with this number; an unknown one is refused, never skipped. */
  public static WrapMethod of(int number) throws MalformedException {
    for (WrapMethod method : values()) {
      if (method.number == number) {
        return method;
      }
    }
    throw new MalformedException(
        "Wrap method " + number + " is unknown; a newer version may know it.");
  }
}
