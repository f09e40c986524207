package org.hikae.insight.policy.faces;

/**
 * A value of two employees.
 *
 * @param own what holds for the one
 * @param other what holds for the other one
 */
public record PolicyComparison(EffectivePolicyRow own, EffectivePolicyRow other) {}
