package org.hikae.policy.view;

import java.util.List;
import org.hikae.policy.control.PolicyImpact;
import org.hikae.policy.control.PolicyScopeId;
import org.jspecify.annotations.Nullable;

/**
 * What a change would do.
 *
 * @param people whom the scope covers
 * @param affected for whom some value would become another
 * @param weaker what would protect less than before, at most 100 lines
 * @param needsApproval whether it would wait for a second administrator
 * @param confirm word that would have to be sent with it; absent when none
 */
public record PolicyPreview(
    long people,
    long affected,
    List<Weaker> weaker,
    boolean needsApproval,
    @Nullable String confirm) {

  /**
   * A value that would protect less.
   *
   * @param value which
   * @param from before
   * @param to after
   * @param people for how many; 0 when only those would be concerned who join the group later
   */
  public record Weaker(String value, Object from, Object to, long people) {}

  public static PolicyPreview of(PolicyScopeId scope, PolicyImpact policyImpact) {
    return new PolicyPreview(
        policyImpact.people(),
        policyImpact.affected(),
        policyImpact.weaker().stream()
            .map(line -> new Weaker(line.key().wireName(), line.from(), line.to(), line.people()))
            .toList(),
        policyImpact.weakens(),
        policyImpact.dropsMost() ? scope.text() : null);
  }
}
