package org.hikae.policy.view;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.policy.control.PolicyImpact;
import org.hikae.policy.control.PolicyScopeId;
import org.jspecify.annotations.Nullable;

/**
 * What a change would do.
 *
 * @param people whom the scope covers
 * @param affected for whom some value would become another
 * @param examples a few of these, by number
 * @param weaker what would protect less than before, at most 100 lines
 * @param needsApproval whether it would wait for a second administrator
 * @param confirm word that would have to be sent with it; absent when none
 * @param formerRules how long what holds now would go on counting; absent when nothing would
 *     protect less
 */
public record PolicyPreview(
    long people,
    long affected,
    List<AffectedEmployee> examples,
    List<Weaker> weaker,
    boolean needsApproval,
    @Nullable String confirm,
    @Nullable FormerRules formerRules)
    implements Serializable {

  /**
   * Somebody for whom some value would become another.
   *
   * @param employeeId the portal's number for them
   * @param displayName what they are called
   */
  public record AffectedEmployee(long employeeId, String displayName) implements Serializable {}

  /**
   * How long after the change nothing goes sooner than it would have: the hold periods of before.
   *
   * @param leastDays for whom it is shortest
   * @param mostDays for whom it is longest
   */
  public record FormerRules(long leastDays, long mostDays) implements Serializable {}

  /**
   * A value that would protect less.
   *
   * @param value which
   * @param from before
   * @param to after
   * @param people for how many; 0 when only those would be concerned who join the group later
   */
  public record Weaker(String value, Object from, Object to, long people) implements Serializable {}

  /**
   * What a change would do, for clients.
   *
   * @param names what the people of the examples are called
   */
  public static PolicyPreview of(
      PolicyScopeId scope, PolicyImpact policyImpact, Map<Long, String> names) {
    return new PolicyPreview(
        policyImpact.people(),
        policyImpact.affected(),
        policyImpact.examples().stream()
            .flatMap(
                id ->
                    Optional.ofNullable(names.get(id))
                        .map(name -> new AffectedEmployee(id, name))
                        .stream())
            .toList(),
        policyImpact.weaker().stream()
            .map(line -> new Weaker(line.key().wireName(), line.from(), line.to(), line.people()))
            .toList(),
        policyImpact.weakens(),
        policyImpact.dropsMost() ? scope.text() : null,
        policyImpact
            .formerHoldPeriod()
            .map(hold -> new FormerRules(hold.leastDays(), hold.mostDays()))
            .orElse(null));
  }
}
