package org.hikae.policy.view;

import java.util.List;
import org.hikae.policy.control.PolicyKey;
import org.hikae.policy.control.PolicyValueKind;
import org.jspecify.annotations.Nullable;

/**
 * A value that policies can set.
 *
 * @param name what it is called in {@code values}
 * @param type form of the value; the entries of a list are texts: {@code NUMBER}, {@code FLAG},
 *     {@code LIST}, {@code CHOICE} or {@code VERSION}
 * @param unit what a number counts, or what a list holds
 * @param min smallest number
 * @param max largest number, or most entries of a list
 * @param choices words of a {@code CHOICE}
 * @param builtIn what holds when no policy sets it
 * @param protects whether a smaller number protects less
 */
public record PolicyKeyView(
    String name,
    PolicyValueType type,
    @Nullable String unit,
    @Nullable Long min,
    @Nullable Long max,
    @Nullable List<String> choices,
    Object builtIn,
    boolean protects) {

  public static PolicyKeyView of(PolicyKey key) {
    PolicyValueKind.Form form = key.kind().form();
    return new PolicyKeyView(
        key.wireName(),
        form.type(),
        form.unit(),
        form.min(),
        form.max(),
        form.choices(),
        key.builtIn(),
        key.protects());
  }
}
