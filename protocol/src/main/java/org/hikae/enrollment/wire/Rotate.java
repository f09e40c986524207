package org.hikae.enrollment.wire;

import java.util.List;

/**
 * Ends a rotation of K ({@code POST /api/v1/device/rotation}, spec HK1-K-14). The same again is
 * success.
 *
 * @param setId the set
 * @param generation the new generation, one above the set's
 * @param chain the filed wrap of K under the new K
 * @param wraps the filed protections of the new K, 1 to 10; every other one is revoked
 */
public record Rotate(String setId, long generation, String chain, List<String> wraps) {

  /** Most protections that a rotation keeps. */
  public static final int MAX_WRAPS = 10;
}
