package org.hikae.policy.control;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one person, and where each value comes from: their own policy beats that of
 * groups, of which the lowest rank decides, those beat the default, and what nobody sets is built
 * in. Each value is decided by itself.
 */
public final class EffectiveValues {

  /** A hold shorter than this takes most protection away. */
  public static final long SHORT_HOLD_DAYS = 7;

  private static final List<PolicyKey> RETENTION =
      List.of(
          PolicyKey.RETENTION_LAST,
          PolicyKey.RETENTION_HOURLY,
          PolicyKey.RETENTION_DAILY,
          PolicyKey.RETENTION_WEEKLY,
          PolicyKey.RETENTION_MONTHLY,
          PolicyKey.RETENTION_YEARLY,
          PolicyKey.RETENTION_WITHIN_DAYS);

  private final Map<PolicyKey, Sourced> values;

  /**
   * A value and where it comes from.
   *
   * @param value Long, Boolean, String or list of String
   * @param from what says so; null when it is built in
   */
  public record Sourced(Object value, @Nullable PolicyStatement from) {}

  private EffectiveValues(Map<PolicyKey, Sourced> values) {
    this.values = values;
  }

  /**
   * What holds.
   *
   * @param groups the person's groups and all groups above
   * @param policyStatement what scopes say, those that do not cover the person too
   */
  public static EffectiveValues of(
      long employeeId, Set<String> groups, Collection<PolicyStatement> policyStatement) {
    List<PolicyStatement> covering =
        policyStatement.stream()
            .filter(one -> one.scope().covers(employeeId, groups))
            .sorted(Comparator.comparingInt(PolicyStatement::precedence))
            .toList();
    Map<PolicyKey, Sourced> values = new EnumMap<>(PolicyKey.class);
    for (PolicyKey key : PolicyKey.values()) {
      values.put(key, first(key, covering));
    }
    return new EffectiveValues(values);
  }

  private static Sourced first(PolicyKey key, List<PolicyStatement> covering) {
    for (PolicyStatement one : covering) {
      if (one.values().get(key).isPresent()) {
        return new Sourced(one.values().get(key).get(), one);
      }
    }
    return new Sourced(key.builtIn(), null);
  }

  /** A value and where it comes from. */
  public Sourced get(PolicyKey key) {
    return Objects.requireNonNull(values.get(key));
  }

  /** A value that is a number. */
  public long number(PolicyKey key) {
    return (Long) get(key).value();
  }

  /** A value that is yes or no. */
  public boolean flag(PolicyKey key) {
    return (Boolean) get(key).value();
  }

  /** Whether every value is the same, wherever it comes from. */
  public boolean sameAs(EffectiveValues other) {
    return values.keySet().stream().allMatch(key -> same(key, other));
  }

  /** Whether every value is the same that says when something is deleted. */
  public boolean protectsAs(EffectiveValues other) {
    return values.keySet().stream().filter(PolicyKey::protects).allMatch(key -> same(key, other));
  }

  private boolean same(PolicyKey key, EffectiveValues other) {
    return get(key).value().equals(other.get(key).value());
  }

  /** Whether no snapshot stays by any rule. */
  public boolean keepsNothing() {
    return RETENTION.stream().allMatch(key -> number(key) == 0);
  }

  /** Whether no snapshot but the newest is sure to stay. */
  public boolean keepsOnlyNewest() {
    return RETENTION.stream()
        .allMatch(key -> number(key) <= (key == PolicyKey.RETENTION_LAST ? 1 : 0));
  }

  /** Whether most protection goes when this follows {@code before}. */
  public boolean dropsMostOf(EffectiveValues before) {
    long holdDays = number(PolicyKey.HOLD_DAYS);
    boolean shortHold = holdDays < SHORT_HOLD_DAYS && holdDays < before.number(PolicyKey.HOLD_DAYS);
    return shortHold || (keepsOnlyNewest() && !before.keepsOnlyNewest());
  }
}
