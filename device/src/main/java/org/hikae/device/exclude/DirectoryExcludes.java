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
public final class DirectoryExcludes {

  /** Comes before the patterns of ignore files: what else decides wins over them. */
  private final List<PartialMatch> weak;

  private final List<PartialMatch> strong;

  private DirectoryExcludes(List<PartialMatch> weak, List<PartialMatch> strong) {
    this.weak = weak;
    this.strong = strong;
  }

  /** A pattern, of which the first names were met. */
  private record PartialMatch(ExcludeRule rule, int next) {

    boolean matches(byte[] name) {
      List<Glob> names = rule.names();
      Glob here = names.get(next);
      boolean last = next == names.size() - 1;
      if (here != ExcludeRule.ANY) {
        return last && here.matches(name);
      }
      return last || (next == names.size() - 2 && names.getLast().matches(name));
    }

    /** Adds what of it stands in the directory of this name. */
    void enter(byte[] name, List<PartialMatch> into) {
      List<Glob> names = rule.names();
      int at = next;
      if (names.get(at) == ExcludeRule.ANY) {
        addOnce(this, into);
        at++;
      }
      if (at < names.size() - 1 && names.get(at).matches(name)) {
        addOnce(new PartialMatch(rule, at + 1), into);
      }
    }

    private static void addOnce(PartialMatch partialMatch, List<PartialMatch> into) {
      for (int i = into.size() - 1; i >= 0 && into.get(i).rule.equals(partialMatch.rule); i--) {
        if (into.get(i).next == partialMatch.next) {
          return;
        }
      }
      into.add(partialMatch);
    }
  }

  /** At the root of the file system. */
  static DirectoryExcludes top(List<ExcludeRule> weak, List<ExcludeRule> strong) {
    return new DirectoryExcludes(live(weak), live(strong));
  }

  private static List<PartialMatch> live(List<ExcludeRule> rules) {
    return rules.stream().map(rule -> new PartialMatch(rule, 0)).toList();
  }

  /** In a directory of this one. */
  public DirectoryExcludes enter(byte[] name) {
    return new DirectoryExcludes(enter(weak, name), enter(strong, name));
  }

  private static List<PartialMatch> enter(List<PartialMatch> lives, byte[] name) {
    List<PartialMatch> below = new ArrayList<>(lives.size());
    for (PartialMatch partialMatch : lives) {
      partialMatch.enter(name, below);
    }
    return below;
  }

  /** The same with the patterns of an ignore file that lies in this directory. */
  DirectoryExcludes with(List<ExcludeRule> ignored) {
    List<PartialMatch> more = new ArrayList<>(weak);
    more.addAll(live(ignored));
    return new DirectoryExcludes(more, strong);
  }

  /** Whether an entry is left out. */
  public boolean leavesOut(byte[] name, boolean directory) {
    ExcludeRule decides = last(strong, name, directory);
    decides = decides == null ? last(weak, name, directory) : decides;
    return decides != null && decides.leavesOut();
  }

  private static @Nullable ExcludeRule last(
      List<PartialMatch> lives, byte[] name, boolean directory) {
    for (int i = lives.size() - 1; i >= 0; i--) {
      PartialMatch partialMatch = lives.get(i);
      if ((directory || !partialMatch.rule.directoriesOnly()) && partialMatch.matches(name)) {
        return partialMatch.rule;
      }
    }
    return null;
  }
}
