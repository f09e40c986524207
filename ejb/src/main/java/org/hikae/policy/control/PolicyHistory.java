package org.hikae.policy.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import org.hikae.identity.view.GroupHistory;
import org.hikae.identity.view.GroupPaths;

/**
 * Which policies still count for one person: the one that holds now, and each that held before,
 * until its own hold period has passed since it was replaced, whether a version or a move between
 * groups replaced it.
 *
 * <p>Nothing is recorded for this. What held at any time follows from the versions, which are never
 * changed, and from the moves between groups. Where the clock went back, an event is taken to have
 * come just after the one before; an event of the future is replaced when its time has come, so
 * that a wrong clock makes policies count longer, never shorter.
 */
public final class PolicyHistory {

  private static final BinaryOperator<PolicyStatement> NEWER =
      BinaryOperator.maxBy(Comparator.comparingLong(PolicyStatement::version));

  private PolicyHistory() {}

  /** The policies that count at {@code now}; the one that holds comes first. */
  public static List<CountingPolicy> counting(
      long employeeId, GroupHistory groups, List<PolicyStatement> versions, Instant now) {
    List<GroupHistory.Move> moves = inOrder(groups.moves());
    NavigableSet<Instant> changes = new TreeSet<>();
    versions.forEach(version -> changes.add(version.since()));
    moves.forEach(move -> changes.add(move.at()));
    List<CountingPolicy> counting = new ArrayList<>();
    EffectiveValues later = at(Instant.MAX, employeeId, groups.now(), moves, versions);
    counting.add(new CountingPolicy(later, null));
    for (Instant change : changes.descendingSet()) {
      EffectiveValues before = at(change.minusNanos(1), employeeId, groups.now(), moves, versions);
      Instant until = change.plus(Duration.ofDays(before.number(PolicyKey.HOLD_DAYS)));
      if (!before.protectsAs(later)
          && until.isAfter(now)
          && counting.stream().map(CountingPolicy::values).noneMatch(before::protectsAs)) {
        counting.add(new CountingPolicy(before, until));
      }
      later = before;
    }
    return counting;
  }

  /** What held at a time. */
  private static EffectiveValues at(
      Instant time,
      long employeeId,
      Set<String> groupsNow,
      List<GroupHistory.Move> moves,
      List<PolicyStatement> versions) {
    Set<String> groups = new HashSet<>(groupsNow);
    for (GroupHistory.Move move : moves.reversed()) {
      if (move.at().isAfter(time)) {
        if (move.joined()) {
          groups.remove(move.group());
        } else {
          groups.add(move.group());
        }
      }
    }
    Map<PolicyScopeId, PolicyStatement> standing = new HashMap<>();
    for (PolicyStatement version : versions) {
      if (!version.since().isAfter(time)) {
        standing.merge(version.scope(), version, NEWER);
      }
    }
    return EffectiveValues.of(employeeId, GroupPaths.withParents(groups), standing.values());
  }

  private static List<GroupHistory.Move> inOrder(List<GroupHistory.Move> moves) {
    List<GroupHistory.Move> ordered = new ArrayList<>();
    Instant last = Instant.MIN;
    for (GroupHistory.Move move : moves) {
      last = move.at().isBefore(last) ? last.plusNanos(1) : move.at();
      ordered.add(new GroupHistory.Move(move.group(), move.joined(), last));
    }
    return ordered;
  }
}
