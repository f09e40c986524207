package org.hikae.ui.faces;

import java.io.Serializable;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is selected of a list, whichever page it is on, in the order in which it was selected. */
public final class SelectedItems implements Serializable {

  /** Most that can be selected at once. */
  public static final int MOST = 1000;

  private final Set<String> ids = new LinkedHashSet<>();

  /** Whether this one is selected. */
  public boolean has(String id) {
    return ids.contains(id);
  }

  /** How many are selected. */
  public int count() {
    return ids.size();
  }

  /** All that are selected. */
  List<String> all() {
    return List.copyOf(ids);
  }

  /**
   * Selects as many of them as there is room for.
   *
   * @return whether all of them are selected now
   */
  boolean add(Collection<String> more) {
    for (String id : more) {
      if (ids.size() < MOST) {
        ids.add(id);
      }
    }
    return ids.containsAll(more);
  }

  /** Selects these no more. */
  void remove(Collection<String> some) {
    ids.removeAll(some);
  }

  /** Selects nothing. */
  void clear() {
    ids.clear();
  }
}
