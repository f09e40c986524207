package org.hikae.admin.dossier;

import java.util.Arrays;
import java.util.List;

/**
 * One thing that was seen.
 *
 * @param kind what
 * @param values what its sentence names; never a secret
 */
public record ClaimFact(ClaimFactKind kind, List<String> values) {

  /** Copies the list. */
  public ClaimFact {
    values = List.copyOf(values);
  }

  /** With the values as text. */
  public static ClaimFact of(ClaimFactKind kind, Object... values) {
    return new ClaimFact(kind, Arrays.stream(values).map(String::valueOf).toList());
  }
}
