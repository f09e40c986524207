package org.hikae.policy.view;

import java.util.Map;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A new version of a scope's policy.
 *
 * @param replaces number of the version that it replaces; 0 when there is none; absent when an
 *     entity tag says it
 * @param rank of a group: of two groups of a person the lower one decides; absent for others
 * @param values what it sets; what it leaves out is inherited
 * @param confirm the scope's name, when most protection would go
 * @param reason why, 1 to 500 characters, for the second administrator where one has to agree
 */
public record PutPolicy(
    @Nullable Long replaces,
    @Nullable Integer rank,
    Map<String, @Nullable Object> values,
    @Nullable String confirm,
    @Nullable String reason) {

  /** Longest reason, in characters. */
  public static final int MAX_REASON_CHARS = 500;

  /** Highest rank. */
  public static final int MAX_RANK = 1_000_000;

  /**
   * The same, replacing the version that an entity tag names.
   *
   * @param edition in the tag; null when there was none
   */
  public PutPolicy matching(@Nullable Long edition) {
    return new PutPolicy(either(edition, replaces), rank, values, confirm, reason);
  }

  /**
   * The one version that the entity tag or {@code replaces} names, or both; null when neither does,
   * which the use case refuses after it has looked who asks.
   */
  public static @Nullable Long either(@Nullable Long edition, @Nullable Long replaces) {
    if (edition != null && replaces != null && !edition.equals(replaces)) {
      throw Refusal.malformed("If-Match and replaces name different versions.");
    }
    return edition == null ? replaces : edition;
  }

  /** The version that is replaced; refused when none is named. */
  public static long replaced(@Nullable Long replaces) {
    if (replaces == null) {
      throw Refusal.malformed("replaces is missing.");
    }
    return replaces;
  }
}
