package org.hikae.vault.exploration;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Account;
import org.hikae.vault.exploration.system.ActionExecutor;
import org.hikae.vault.exploration.system.ExploredSystem;
import org.hikae.vault.exploration.system.ExploredSystem.BrokenContract;
import org.hikae.vault.exploration.system.Invariant;
import org.hikae.vault.exploration.system.Invariants;
import org.hikae.vault.exploration.system.SystemAction;
import org.hikae.vault.exploration.system.SystemState;
import org.hikae.vault.port.LedgerRow;
import org.jspecify.annotations.Nullable;

/**
 * Makes every sequence of moves up to a length, breadth first, each situation once, and checks
 * every promise in each. A promise that is broken is reported with a shortest list of moves.
 */
final class StateExplorer {

  /** A way to a situation. */
  private record ActionTrace(@Nullable ActionTrace before, SystemAction move) {
    static List<SystemAction> moves(@Nullable ActionTrace actionTrace) {
      List<SystemAction> moves = new ArrayList<>();
      for (ActionTrace at = actionTrace; at != null; at = at.before()) {
        moves.add(at.move());
      }
      return moves.reversed();
    }
  }

  private record ReachedState(SystemState situation, Hash256 key, @Nullable ActionTrace trail) {}

  /** A way, and who needs it. */
  record NeededStep(HonestEmployee who, RecoveryStep way) {
    @Override
    public String toString() {
      return who + " " + way;
    }
  }

  /**
   * What was found.
   *
   * @param states different situations, the beginning included
   * @param moves moves made, also such as lead to a situation known already
   * @param neededSteps from how many situations each step was needed
   * @param broken the broken promise, or null
   * @param trail the moves that broke it
   */
  record Violation(
      long states,
      long moves,
      Map<NeededStep, Long> neededSteps,
      Invariant.@Nullable ViolatedException broken,
      List<SystemAction> trail) {

    /** The broken promise and the moves that broke it; empty when none was. */
    String brokenBy() {
      return broken == null ? "" : broken.getMessage() + ", by " + trail;
    }
  }

  private final Exploration exploration;
  private final Set<HonestEmployee> owners;
  private final ExploredSystem explored;
  private final ActionExecutor actionExecutor;
  private final Set<Hash256> seen = new HashSet<>();
  private final Map<HonestEmployee, Map<Hash256, Set<RecoveryStep>>> known =
      new EnumMap<>(HonestEmployee.class);
  private final Map<NeededStep, Long> neededSteps = new HashMap<>();
  private long made;

  /** Key of the situation in which the explored system is; null when nobody knows. */
  private @Nullable Hash256 exploredIsAt;

  /**
   * An explorer of a scope.
   *
   * @param owners who tries to go on from each situation; nobody where a bug that was planted is to
   *     be found by the moves themselves
   * @param ignored promises that are known to be broken
   */
  StateExplorer(
      Exploration exploration,
      BrokenContract brokenContract,
      Set<HonestEmployee> owners,
      Set<Invariant> ignored) {
    this.exploration = exploration;
    this.owners = owners;
    this.explored =
        new ExploredSystem(brokenContract, exploration.waits(), new Invariants(ignored));
    this.actionExecutor = new ActionExecutor(explored);
  }

  /** For a vault that was loaded beside this one: what is broken in a scope. */
  static String brokenIn(String scope) {
    Exploration named = Explorations.named(scope);
    return new StateExplorer(named, BrokenContract.NONE, Set.of(), Set.of())
        .explore(named.depth())
        .brokenBy();
  }

  /** The same for a fault: the moves that show it. */
  static String brokenBy(String fault) {
    KnownAttack sought = KnownAttacks.named(fault);
    Exploration exploration = HostileExplorations.named(sought.scope());
    return new StateExplorer(
            exploration, BrokenContract.NONE, sought.owners(), KnownAttacks.besides(sought))
        .explore(exploration.depth())
        .brokenBy();
  }

  /** Explores moves up to this depth. */
  Violation explore(int depth) {
    exploration.beginning().accept(actionExecutor);
    SystemState beginning = explored.situation();
    Hash256 first = CanonicalState.key(beginning);
    seen.add(first);
    List<ReachedState> level = List.of(new ReachedState(beginning, first, null));
    for (int at = 1; at <= depth; at++) {
      List<ReachedState> next = new ArrayList<>();
      for (ReachedState from : level) {
        for (SystemAction systemAction : exploration.moves()) {
          ActionTrace actionTrace = new ActionTrace(from.trail(), systemAction);
          try {
            ReachedState to = follow(from, systemAction, actionTrace);
            if (to != null && at < depth) {
              next.add(to);
            }
          } catch (Invariant.ViolatedException e) {
            return new Violation(seen.size(), made, neededSteps, e, ActionTrace.moves(actionTrace));
          }
        }
      }
      level = next;
    }
    return new Violation(seen.size(), made, neededSteps, null, List.of());
  }

  /** Where a move leads; null when it is not possible or leads to what is known already. */
  private @Nullable ReachedState follow(
      ReachedState from, SystemAction systemAction, ActionTrace actionTrace) {
    if (!ActionExecutor.maybe(from.situation(), systemAction)) {
      return null;
    }
    if (!from.key().equals(exploredIsAt)) {
      explored.set(from.situation());
    }
    exploredIsAt = null;
    if (!actionExecutor.make(systemAction)) {
      return null;
    }
    made++;
    SystemState to = explored.situation();
    Hash256 key = CanonicalState.key(to);
    exploredIsAt = key;
    if (!seen.add(key)) {
      return null;
    }
    check(to);
    for (HonestEmployee honestEmployee : owners) {
      neededSteps(to, honestEmployee)
          .forEach(
              recoveryStep ->
                  neededSteps.merge(new NeededStep(honestEmployee, recoveryStep), 1L, Long::sum));
    }
    return new ReachedState(to, key, actionTrace);
  }

  private static void check(SystemState in) {
    if (in.attacker().tampering() != null) {
      // What the tables hold is not the vault's then; its answers are looked at.
      return;
    }
    Account account = ExploredSystem.account(in.content());
    Hash256 stateHash = Hash256.sha256(account.encode());
    for (LedgerRow row : in.content().rowsAfter(0)) {
      if (row.entry().subject().employee().equals(ExploredSystem.EMPLOYEE)) {
        stateHash = row.entry().stateHash();
      }
    }
    in.truth().requireKept(in.content(), account, stateHash);
  }

  private Set<RecoveryStep> neededSteps(SystemState in, HonestEmployee honestEmployee) {
    Hash256 key = CanonicalState.keyOfWays(in);
    Map<Hash256, Set<RecoveryStep>> found =
        known.computeIfAbsent(honestEmployee, first -> new HashMap<>());
    Set<RecoveryStep> there = found.get(key);
    if (there == null) {
      if (exploredIsAt == null) {
        explored.set(in);
      }
      exploredIsAt = null;
      there = new RecoveryPath(explored, actionExecutor, honestEmployee).find();
      found.put(key, there);
    }
    return there;
  }
}
