package org.hikae.policy.view;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.hikae.policy.control.CountingPolicy.FormerValue;
import org.hikae.policy.control.EffectiveValues;
import org.hikae.policy.control.PolicyKey;
import org.hikae.policy.control.PolicyStatement;
import org.hikae.policy.wire.DevicePolicy;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one employee, and why.
 *
 * @param employeeId the portal's number for them
 * @param values every value
 */
public record EffectivePolicy(long employeeId, List<Value> values) {

  /**
   * A value and where it comes from.
   *
   * @param name which
   * @param value number, flag, text or list of texts
   * @param scope whose policy says so; absent when it is built in
   * @param version which version of it
   */
  public record Value(String name, Object value, @Nullable String scope, @Nullable Long version)
      implements Serializable {}

  public static EffectivePolicy of(long employeeId, EffectiveValues effective) {
    return new EffectivePolicy(
        employeeId,
        Arrays.stream(PolicyKey.values()).map(key -> value(key, effective.get(key))).toList());
  }

  /**
   * What the employee's devices are told: not whether a legal hold would be hidden, nor versions,
   * which would count that, too.
   *
   * @param former values of before that still count for more than those that hold
   */
  public DevicePolicy forDevices(List<FormerValue> former) {
    return new DevicePolicy(
        values.stream()
            .filter(one -> !one.name().equals(PolicyKey.SHOWS_LEGAL_HOLD.wireName()))
            .map(one -> new DevicePolicy.Value(one.name(), one.value(), one.scope()))
            .toList(),
        former.isEmpty()
            ? null
            : former.stream()
                .map(
                    one -> new DevicePolicy.Earlier(one.key().wireName(), one.value(), one.until()))
                .toList());
  }

  private static Value value(PolicyKey key, EffectiveValues.Sourced sourced) {
    PolicyStatement from = sourced.from();
    return new Value(
        key.wireName(),
        sourced.value(),
        from == null ? null : from.scope().text(),
        from == null ? null : (Long) from.version());
  }
}
