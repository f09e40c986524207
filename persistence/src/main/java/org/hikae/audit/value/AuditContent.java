package org.hikae.audit.value;

import org.jspecify.annotations.Nullable;

/**
 * What is written into the trail.
 *
 * @param actorIssuer realm of the person who acted, or {@link #SYSTEM}
 * @param actorSubject {@code sub} of that person, or the part of the portal that acted
 * @param action what was done, such as {@code device.revoke}
 * @param object to what, such as {@code device:4f1e…}
 * @param detail further facts as a JSON object; never a secret, never a file name, never a name
 * @param employeeId whom it concerns; null when nobody in particular
 */
public record AuditContent(
    String actorIssuer,
    String actorSubject,
    String action,
    String object,
    String detail,
    @Nullable Long employeeId) {

  /** Issuer of events that no person caused. */
  public static final String SYSTEM = "system";

  /** Longest detail, in characters. */
  public static final int MAX_DETAIL_CHARS = 4000;

  /** Checks the bounds of the columns. */
  public AuditContent {
    requireAtMost("actorIssuer", actorIssuer, 255);
    requireAtMost("actorSubject", actorSubject, 255);
    requireAtMost("action", action, 64);
    requireAtMost("object", object, 255);
    requireAtMost("detail", detail, MAX_DETAIL_CHARS);
  }

  private static void requireAtMost(String name, String text, int maxChars) {
    if (text.length() > maxChars) {
      throw new IllegalArgumentException(name + " may have at most " + maxChars + " characters");
    }
  }
}
