package org.hikae.policy.boundary;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A new version of a scope's policy.
 *
 * @param replaces number of the version that it replaces; 0 when there is none
 * @param rank of a group: of two groups of a person the lower one decides; absent for others
 * @param values what it sets; what it leaves out is inherited
 * @param confirm the scope's name, when most protection would go
 */
public record PutPolicy(
    Long replaces,
    @Nullable Integer rank,
    Map<String, @Nullable Object> values,
    @Nullable String confirm) {

  /** Highest rank. */
  public static final int MAX_RANK = 1_000_000;
}
