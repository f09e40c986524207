package org.hikae.insight.policy.faces;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A value that is not the same for two employees.
 *
 * @param own what holds for the one
 * @param other what holds for the other one
 */
public record PolicyComparison(EffectivePolicyRow own, EffectivePolicyRow other) {

  /** The values that differ, whatever says so, in the order of the first list. */
  static List<PolicyComparison> differing(
      List<EffectivePolicyRow> own, List<EffectivePolicyRow> other) {
    Map<String, EffectivePolicyRow> others =
        other.stream().collect(Collectors.toMap(EffectivePolicyRow::name, Function.identity()));
    return own.stream()
        .filter(row -> others.containsKey(row.name()))
        .map(row -> new PolicyComparison(row, others.get(row.name())))
        .filter(both -> !both.own().value().equals(both.other().value()))
        .toList();
  }
}
