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
import org.hikae.vault.exploration.system.ExploredWorld;
import org.hikae.vault.exploration.system.ExploredWorld.Flaw;
import org.hikae.vault.exploration.system.Move;
import org.hikae.vault.exploration.system.Moves;
import org.hikae.vault.exploration.system.Promise;
import org.hikae.vault.exploration.system.Promises;
import org.hikae.vault.exploration.system.Situation;
import org.hikae.vault.port.LedgerRow;
import org.jspecify.annotations.Nullable;

/**
 * Makes every sequence of moves up to a length, breadth first, each situation once, and checks
 * every promise in each. A promise that is broken is reported with a shortest list of moves.
 */
final class Explorer {

  /** A way to a situation. */
  private record Trail(@Nullable Trail before, Move move) {
    static List<Move> moves(@Nullable Trail trail) {
      List<Move> moves = new ArrayList<>();
      for (Trail at = trail; at != null; at = at.before()) {
        moves.add(at.move());
      }
      return moves.reversed();
    }
  }

  private record Reached(Situation situation, Hash256 key, @Nullable Trail trail) {}

  /** A way, and who needs it. */
  record Step(Who who, Way way) {
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
   * @param ways from how many situations each way was needed
   * @param broken the broken promise, or null
   * @param trail the moves that broke it
   */
  record Found(
      long states,
      long moves,
      Map<Step, Long> ways,
      Promise.@Nullable Broken broken,
      List<Move> trail) {

    /** The broken promise and the moves that broke it; empty when none was. */
    String brokenBy() {
      return broken == null ? "" : broken.getMessage() + ", by " + trail;
    }
  }

  private final Scope scope;
  private final Set<Who> owners;
  private final ExploredWorld world;
  private final Moves moves;
  private final Set<Hash256> seen = new HashSet<>();
  private final Map<Who, Map<Hash256, Set<Way>>> known = new EnumMap<>(Who.class);
  private final Map<Step, Long> ways = new HashMap<>();
  private long made;

  /** Key of the situation in which the world is; null when nobody knows. */
  private @Nullable Hash256 worldIsAt;

  /**
   * An explorer of a scope.
   *
   * @param owners who tries to go on from each situation; nobody where a bug that was planted is to
   *     be found by the moves themselves
   * @param ignored promises that are known to be broken
   */
  Explorer(Scope scope, Flaw flaw, Set<Who> owners, Set<Promise> ignored) {
    this.scope = scope;
    this.owners = owners;
    this.world = new ExploredWorld(flaw, scope.waits(), new Promises(ignored));
    this.moves = new Moves(world);
  }

  /** For a vault that was loaded beside this one: what is broken in a scope. */
  static String brokenIn(String scope) {
    Scope named = Scopes.named(scope);
    return new Explorer(named, Flaw.NONE, Set.of(), Set.of()).explore(named.depth()).brokenBy();
  }

  /** The same for a fault: the moves that show it. */
  static String brokenBy(String fault) {
    Fault sought = Faults.named(fault);
    Scope scope = HostileScopes.named(sought.scope());
    return new Explorer(scope, Flaw.NONE, sought.owners(), Faults.besides(sought))
        .explore(scope.depth())
        .brokenBy();
  }

  /** Explores moves up to this depth. */
  Found explore(int depth) {
    scope.beginning().accept(moves);
    Situation beginning = world.situation();
    Hash256 first = Canonical.key(beginning);
    seen.add(first);
    List<Reached> level = List.of(new Reached(beginning, first, null));
    for (int at = 1; at <= depth; at++) {
      List<Reached> next = new ArrayList<>();
      for (Reached from : level) {
        for (Move move : scope.moves()) {
          Trail trail = new Trail(from.trail(), move);
          try {
            Reached to = follow(from, move, trail);
            if (to != null && at < depth) {
              next.add(to);
            }
          } catch (Promise.Broken e) {
            return new Found(seen.size(), made, ways, e, Trail.moves(trail));
          }
        }
      }
      level = next;
    }
    return new Found(seen.size(), made, ways, null, List.of());
  }

  /** Where a move leads; null when it is not possible or leads to what is known already. */
  private @Nullable Reached follow(Reached from, Move move, Trail trail) {
    if (!Moves.maybe(from.situation(), move)) {
      return null;
    }
    if (!from.key().equals(worldIsAt)) {
      world.set(from.situation());
    }
    worldIsAt = null;
    if (!moves.make(move)) {
      return null;
    }
    made++;
    Situation to = world.situation();
    Hash256 key = Canonical.key(to);
    worldIsAt = key;
    if (!seen.add(key)) {
      return null;
    }
    check(to);
    for (Who who : owners) {
      ways(to, who).forEach(way -> ways.merge(new Step(who, way), 1L, Long::sum));
    }
    return new Reached(to, key, trail);
  }

  private static void check(Situation in) {
    if (in.mischief().tampering() != null) {
      // What the tables hold is not the vault's then; its answers are looked at.
      return;
    }
    Account account = ExploredWorld.account(in.content());
    Hash256 stateHash = Hash256.sha256(account.encode());
    for (LedgerRow row : in.content().rowsAfter(0)) {
      if (row.entry().subject().employee().equals(ExploredWorld.EMPLOYEE)) {
        stateHash = row.entry().stateHash();
      }
    }
    in.truth().requireKept(in.content(), account, stateHash);
  }

  private Set<Way> ways(Situation in, Who who) {
    Hash256 key = Canonical.keyOfWays(in);
    Map<Hash256, Set<Way>> found = known.computeIfAbsent(who, first -> new HashMap<>());
    Set<Way> there = found.get(key);
    if (there == null) {
      if (worldIsAt == null) {
        world.set(in);
      }
      worldIsAt = null;
      there = new WaysOn(world, moves, who).find();
      found.put(key, there);
    }
    return there;
  }
}
