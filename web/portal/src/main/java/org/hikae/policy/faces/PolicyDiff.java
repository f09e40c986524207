package org.hikae.policy.faces;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What differs between two versions of a policy. */
public final class PolicyDiff {

  private PolicyDiff() {}

  /**
   * A value that differs.
   *
   * @param name which
   * @param before null when it was inherited
   * @param after null when it becomes inherited
   */
  public record Change(String name, @Nullable Object before, @Nullable Object after)
      implements Serializable {}

  /** The differences, in the order of names. */
  static List<Change> between(Map<String, ?> before, Map<String, ?> after) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    List<Change> changes = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(before.get(name), after.get(name))) {
        changes.add(new Change(name, before.get(name), after.get(name)));
      }
    }
    return changes;
  }
}
