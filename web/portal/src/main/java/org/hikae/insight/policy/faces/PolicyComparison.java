package org.hikae.insight.policy.faces;

import java.util.ArrayList;
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
    List<PolicyComparison> differing = new ArrayList<>();
    for (EffectivePolicyRow row : own) {
      EffectivePolicyRow theirs = others.get(row.name());
      if (theirs != null && !theirs.value().equals(row.value())) {
        differing.add(new PolicyComparison(row, theirs));
      }
    }
    return differing;
  }
}
