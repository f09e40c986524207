package org.hikae.device.exclude;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The patterns as they stand in one directory: of each, which of its names are to be met next. So
 * an entry is compared with the next names only, and patterns for other places cost nothing.
 *
 * <p>The last pattern that matches an entry decides. What lies in a directory that is left out is
 * not looked at, so it cannot be taken in again. Unchangeable.
 */
public final class Scope {

  /** Comes before the patterns of ignore files: what else decides wins over them. */
  private final List<Live> weak;

  private final List<Live> strong;

  private Scope(List<Live> weak, List<Live> strong) {
    this.weak = weak;
    this.strong = strong;
  }

  /** A pattern, of which the first names were met. */
  private record Live(Rule rule, int next) {

    boolean matches(byte[] name) {
      List<Glob> names = rule.names();
      Glob here = names.get(next);
      boolean last = next == names.size() - 1;
      if (here != Rule.ANY) {
        return last && here.matches(name);
      }
      return last || (next == names.size() - 2 && names.getLast().matches(name));
    }

    /** Adds what of it stands in the directory of this name. */
    void enter(byte[] name, List<Live> into) {
      List<Glob> names = rule.names();
      int at = next;
      if (names.get(at) == Rule.ANY) {
        addOnce(this, into);
        at++;
      }
      if (at < names.size() - 1 && names.get(at).matches(name)) {
        addOnce(new Live(rule, at + 1), into);
      }
    }

    private static void addOnce(Live live, List<Live> into) {
      for (int i = into.size() - 1; i >= 0 && into.get(i).rule.equals(live.rule); i--) {
        if (into.get(i).next == live.next) {
          return;
        }
      }
      into.add(live);
    }
  }

  /** At the root of the file system. */
  static Scope top(List<Rule> weak, List<Rule> strong) {
    return new Scope(live(weak), live(strong));
  }

  private static List<Live> live(List<Rule> rules) {
    return rules.stream().map(rule -> new Live(rule, 0)).toList();
  }

  /** In a directory of this one. */
  public Scope enter(byte[] name) {
    return new Scope(enter(weak, name), enter(strong, name));
  }

  private static List<Live> enter(List<Live> lives, byte[] name) {
    List<Live> below = new ArrayList<>(lives.size());
    for (Live live : lives) {
      live.enter(name, below);
    }
    return below;
  }

  /** The same with the patterns of an ignore file that lies in this directory. */
  Scope with(List<Rule> ignored) {
    List<Live> more = new ArrayList<>(weak);
    more.addAll(live(ignored));
    return new Scope(more, strong);
  }

  /** Whether an entry is left out. */
  public boolean leavesOut(byte[] name, boolean directory) {
    Rule decides = last(strong, name, directory);
    decides = decides == null ? last(weak, name, directory) : decides;
    return decides != null && decides.leavesOut();
  }

  private static @Nullable Rule last(List<Live> lives, byte[] name, boolean directory) {
    for (int i = lives.size() - 1; i >= 0; i--) {
      Live live = lives.get(i);
      if ((directory || !live.rule.directoriesOnly()) && live.matches(name)) {
        return live.rule;
      }
    }
    return null;
  }
}
