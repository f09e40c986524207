package org.hikae.policy.boundary;

import org.hikae.policy.control.Kind;
import org.hikae.policy.control.PolicyKey;
import org.jspecify.annotations.Nullable;

/**
 * A value that policies can set.
 *
 * @param name what it is called in {@code values}
 * @param type {@code NUMBER} or {@code FLAG}
 * @param unit what a number counts
 * @param min smallest number
 * @param max largest number
 * @param builtIn what holds when no policy sets it
 * @param protects whether a smaller number protects less
 */
public record PolicyKeyView(
    String name,
    String type,
    @Nullable String unit,
    @Nullable Long min,
    @Nullable Long max,
    Object builtIn,
    boolean protects) {

  static PolicyKeyView of(PolicyKey key) {
    return switch (key.kind()) {
      case Kind.Whole whole ->
          new PolicyKeyView(
              key.wireName(),
              "NUMBER",
              whole.unit(),
              whole.min(),
              whole.max(),
              key.builtIn(),
              key.protects());
      case Kind.Flag _ ->
          new PolicyKeyView(
              key.wireName(), "FLAG", null, null, null, key.builtIn(), key.protects());
    };
  }
}
