package org.hikae.policy.view;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What holds for two employees, side by side.
 *
 * @param employeeId the portal's number for the one
 * @param otherId the portal's number for the other one
 * @param values every value: first those that differ, then those that do not
 */
public record EffectivePolicyComparison(long employeeId, long otherId, List<ComparedValue> values) {

  /**
   * A value of both.
   *
   * @param differs whether it is not the same, whatever says so
   * @param own what holds for the one
   * @param other what holds for the other one
   */
  public record ComparedValue(
      boolean differs, EffectivePolicy.Value own, EffectivePolicy.Value other) {}

  /** Compares what holds for the one with what holds for the other. */
  public static EffectivePolicyComparison of(EffectivePolicy own, EffectivePolicy other) {
    Map<String, EffectivePolicy.Value> others =
        other.values().stream()
            .collect(Collectors.toMap(EffectivePolicy.Value::name, Function.identity()));
    List<ComparedValue> compared =
        own.values().stream()
            .map(value -> compared(value, Objects.requireNonNull(others.get(value.name()))))
            .sorted(Comparator.comparing(ComparedValue::differs).reversed())
            .toList();
    return new EffectivePolicyComparison(own.employeeId(), other.employeeId(), compared);
  }

  private static ComparedValue compared(EffectivePolicy.Value own, EffectivePolicy.Value other) {
    return new ComparedValue(!own.value().equals(other.value()), own, other);
  }
}
