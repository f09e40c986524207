package org.hikae.policy.view;

import java.util.Set;

/** With what employees may protect the key of their backup. */
public enum AllowedKeyMethods {
  /** With a password, a 64-digit key, or both. */
  ANY,
  /** With a password only. */
  PASSWORD,
  /** With a 64-digit key only. */
  DIGIT_KEY,
  /** With both, so that losing one loses nothing. */
  BOTH;

  private static final String VAULT = "PASSWORD_VAULT";
  private static final String DIGITS = "DIGIT_KEY";

  /** Whether a protection of this method may be added; others than these two protect nothing. */
  public boolean allows(String method) {
    return switch (this) {
      case ANY, BOTH -> true;
      case PASSWORD -> !method.equals(DIGITS);
      case DIGIT_KEY -> !method.equals(VAULT);
    };
  }

  /** Whether these methods are enough to end an opt-in. */
  public boolean suffice(Set<String> methods) {
    return switch (this) {
      case ANY -> !methods.isEmpty();
      case PASSWORD -> methods.contains(VAULT);
      case DIGIT_KEY -> methods.contains(DIGITS);
      case BOTH -> methods.contains(VAULT) && methods.contains(DIGITS);
    };
  }
}
