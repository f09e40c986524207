package org.hikae.policy.control;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.identity.view.GroupPaths;

/**
 * What a change of a policy does to people. Beside those whom the directory knows, somebody is
 * thought of whom only this scope and the default concern, so that a policy for a group that is
 * still empty is judged too.
 *
 * @param people whom the scope covers
 * @param affected for whom some value becomes another
 * @param weaker what protects less than before, for how many
 * @param keepsNothing whether somebody's retention would keep no snapshot
 * @param dropsMost whether somebody would lose most protection
 */
public record PolicyImpact(
    long people, long affected, List<Weaker> weaker, boolean keepsNothing, boolean dropsMost) {

  /** Most lines in {@link #weaker}. */
  public static final int MAX_WEAKER = 100;

  /**
   * A value that protects less.
   *
   * @param key which
   * @param from before
   * @param to after
   * @param people for how many; 0 when the group is empty
   */
  public record Weaker(PolicyKey key, Object from, Object to, long people) {}

  private record Step(PolicyKey key, Object from, Object to) {}

  /**
   * Compares.
   *
   * @param scope whose policy changes
   * @param before what all scopes say now
   * @param after what all scopes would say
   * @param members whom the scope covers, with their groups
   */
  public static PolicyImpact of(
      PolicyScopeId scope,
      Collection<PolicyStatement> before,
      Collection<PolicyStatement> after,
      Map<Long, Set<String>> members) {
    List<PolicyStatement> all = new ArrayList<>(before);
    all.addAll(after);
    Map<PolicyCohort, Long> kinds = PolicyCohort.count(all, members);
    if (!(scope instanceof PolicyScopeId.Individual) || members.isEmpty()) {
      kinds.putIfAbsent(imagined(scope), 0L);
    }
    Map<Step, Long> weaker = new HashMap<>();
    long affected = 0;
    boolean keepsNothing = false;
    boolean dropsMost = false;
    for (Map.Entry<PolicyCohort, Long> kind : kinds.entrySet()) {
      PolicyCohort who = kind.getKey();
      EffectiveValues was = EffectiveValues.of(who.employeeId(), who.groups(), before);
      EffectiveValues is = EffectiveValues.of(who.employeeId(), who.groups(), after);
      affected += was.sameAs(is) ? 0 : kind.getValue();
      keepsNothing |= is.keepsNothing() && !was.keepsNothing();
      dropsMost |= is.dropsMostOf(was);
      for (PolicyKey key : PolicyKey.values()) {
        Object from = was.get(key).value();
        Object to = is.get(key).value();
        if (key.weaker(from, to)) {
          weaker.merge(new Step(key, from, to), kind.getValue(), Long::sum);
        }
      }
    }
    return new PolicyImpact(members.size(), affected, lines(weaker), keepsNothing, dropsMost);
  }

  /** Whether it takes a second administrator. */
  public boolean weakens() {
    return !weaker.isEmpty();
  }

  private static PolicyCohort imagined(PolicyScopeId scope) {
    return switch (scope) {
      case PolicyScopeId.Everybody _ -> new PolicyCohort(Set.of(), PolicyCohort.NOBODY);
      case PolicyScopeId.Group group ->
          new PolicyCohort(GroupPaths.withParents(Set.of(group.path())), PolicyCohort.NOBODY);
      case PolicyScopeId.Individual individual -> new PolicyCohort(Set.of(), individual.id());
    };
  }

  private static List<Weaker> lines(Map<Step, Long> weaker) {
    return weaker.entrySet().stream()
        .map(
            step ->
                new Weaker(
                    step.getKey().key(), step.getKey().from(), step.getKey().to(), step.getValue()))
        .sorted(
            Comparator.comparing(Weaker::key)
                .thenComparing(line -> (Long) line.from())
                .thenComparing(line -> (Long) line.to()))
        .limit(MAX_WEAKER)
        .toList();
  }
}
