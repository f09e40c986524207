package org.hikae.policy.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A policy that counts for one person now (HK1-P-06).
 *
 * @param values what it says
 * @param until when it stops counting; null for the one that holds
 */
public record CountingPolicy(EffectiveValues values, @Nullable Instant until) {

  /**
   * A value of before that still protects more than what holds.
   *
   * @param key which
   * @param value what it was
   * @param until when that stops counting
   */
  public record FormerValue(PolicyKey key, long value, Instant until) {}

  /**
   * Of each value the largest of those that still count and are more than what holds, in the order
   * of the keys.
   *
   * @param counting the policies that count; the one that holds comes first
   */
  public static List<FormerValue> former(List<CountingPolicy> counting) {
    EffectiveValues now = counting.getFirst().values();
    return Stream.of(PolicyKey.values())
        .filter(PolicyKey::protects)
        .flatMap(key -> former(key, now.number(key), counting).stream())
        .toList();
  }

  private static Optional<FormerValue> former(
      PolicyKey key, long now, List<CountingPolicy> counting) {
    FormerValue most = null;
    for (CountingPolicy one : counting) {
      Instant until = one.until();
      long value = one.values().number(key);
      if (until != null && value > now && (most == null || after(most, value, until))) {
        most = new FormerValue(key, value, until);
      }
    }
    return Optional.ofNullable(most);
  }

  private static boolean after(FormerValue most, long value, Instant until) {
    return value > most.value() || (value == most.value() && until.isAfter(most.until()));
  }
}
