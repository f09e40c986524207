package org.hikae.policy.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the employee of a device, and who says so ({@code GET /api/v1/device/policy}). A
 * device follows the values that it knows, within bounds of its own. What concerns people's
 * knowledge alone, and the numbers of versions, which also such changes raise, are not told.
 *
 * @param values every value that a device may follow
 * @param earlier values of before that still count for more than those that hold (HK1-P-06); absent
 *     when there are none
 */
public record DevicePolicy(List<Value> values, @Nullable List<Earlier> earlier) {

  /**
   * A value and where it comes from.
   *
   * @param name which
   * @param value number, flag, text or list of texts
   * @param scope whose policy says so: {@code default}, {@code group/…} or {@code employee/…};
   *     absent when it is built in
   */
  public record Value(String name, Object value, @Nullable String scope) {}

  /**
   * A number that is smaller now, and still counts as it was.
   *
   * @param name which
   * @param value what it was
   * @param until when that stops counting
   */
  public record Earlier(String name, long value, Instant until) {}
}
