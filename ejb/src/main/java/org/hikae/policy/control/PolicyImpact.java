package org.hikae.policy.control;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hikae.identity.view.GroupPaths;

/**
 * What a change of a policy does to people. Beside those whom the directory knows, somebody is
 * thought of whom only this scope and the default concern, so that a policy for a group that is
 * still empty is judged too.
 *
 * @param people whom the scope covers
 * @param affected for whom some value becomes another
 * @param examples a few of these, by number
 * @param weaker what protects less than before, for how many
 * @param formerHoldPeriod how long what held before goes on counting; absent when nothing protects
 *     less
 * @param keepsNothing whether somebody's retention would keep no snapshot
 * @param dropsMost whether somebody would lose most protection
 */
public record PolicyImpact(
    long people,
    long affected,
    List<Long> examples,
    List<Weaker> weaker,
    Optional<FormerHoldPeriod> formerHoldPeriod,
    boolean keepsNothing,
    boolean dropsMost) {

  /** Most people in {@link #examples}. */
  public static final int MAX_EXAMPLES = 5;

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
   * The hold periods of before of those for whom something protects less: so long nothing goes
   * sooner than it would have.
   *
   * @param leastDays the shortest
   * @param mostDays the longest
   */
  public record FormerHoldPeriod(long leastDays, long mostDays) {

    private static FormerHoldPeriod widest(FormerHoldPeriod one, FormerHoldPeriod other) {
      return new FormerHoldPeriod(
          Math.min(one.leastDays, other.leastDays), Math.max(one.mostDays, other.mostDays));
    }
  }

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
    Map<PolicyCohort, List<Long>> kinds = PolicyCohort.of(all, members);
    if (!(scope instanceof PolicyScopeId.Individual) || members.isEmpty()) {
      kinds.putIfAbsent(imagined(scope), List.of());
    }
    Map<Step, Long> weaker = new HashMap<>();
    NavigableSet<Long> examples = new TreeSet<>();
    FormerHoldPeriod formerHoldPeriod = null;
    long affected = 0;
    boolean keepsNothing = false;
    boolean dropsMost = false;
    for (Map.Entry<PolicyCohort, List<Long>> kind : kinds.entrySet()) {
      PolicyCohort who = kind.getKey();
      EffectiveValues was = EffectiveValues.of(who.employeeId(), who.groups(), before);
      EffectiveValues is = EffectiveValues.of(who.employeeId(), who.groups(), after);
      if (!was.sameAs(is)) {
        affected += kind.getValue().size();
        first(examples, kind.getValue());
      }
      keepsNothing |= is.keepsNothing() && !was.keepsNothing();
      dropsMost |= is.dropsMostOf(was);
      List<Step> steps = weaker(was, is);
      steps.forEach(step -> weaker.merge(step, (long) kind.getValue().size(), Long::sum));
      if (!steps.isEmpty()) {
        long hold = was.number(PolicyKey.HOLD_DAYS);
        FormerHoldPeriod own = new FormerHoldPeriod(hold, hold);
        formerHoldPeriod =
            formerHoldPeriod == null ? own : FormerHoldPeriod.widest(formerHoldPeriod, own);
      }
    }
    return new PolicyImpact(
        members.size(),
        affected,
        List.copyOf(examples),
        lines(weaker),
        Optional.ofNullable(formerHoldPeriod),
        keepsNothing,
        dropsMost);
  }

  private static void first(NavigableSet<Long> examples, List<Long> people) {
    for (Long id : people) {
      examples.add(id);
      if (examples.size() > MAX_EXAMPLES) {
        examples.pollLast();
      }
    }
  }

  private static List<Step> weaker(EffectiveValues was, EffectiveValues is) {
    List<Step> steps = new ArrayList<>();
    for (PolicyKey key : PolicyKey.values()) {
      Object from = was.get(key).value();
      Object to = is.get(key).value();
      if (key.weaker(from, to)) {
        steps.add(new Step(key, from, to));
      }
    }
    return steps;
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
