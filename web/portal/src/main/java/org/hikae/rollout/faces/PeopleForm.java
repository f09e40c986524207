package org.hikae.rollout.faces;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.identity.value.EmployeeId;
import org.hikae.rollout.view.ListChange;
import org.jspecify.annotations.Nullable;

/**
 * The people of a wave who are picked one by one. A list that is too long to be shown stays as it
 * is, and those who are picked join it.
 */
public class PeopleForm implements Serializable {

  private final Map<Long, PersonChoice> chosen = new LinkedHashMap<>();
  private Set<Long> standing = Set.of();
  private long unseen;
  private String text = "";
  private @Nullable List<PersonChoice> found;
  private boolean full;

  /**
   * Fills in what stands.
   *
   * @param listed how many are on the list
   * @param shown those of them who are shown: all, or nobody when they are too many
   */
  void fill(long listed, List<PersonChoice> shown) {
    chosen.clear();
    shown.forEach(person -> chosen.put(person.employeeId(), person));
    standing = Set.copyOf(chosen.keySet());
    unseen = listed - chosen.size();
  }

  /** Takes what was found for the text. */
  void found(List<PersonChoice> people) {
    found = new ArrayList<>(people);
  }

  /** Picks somebody, or leaves them out again. */
  public void toggle(PersonChoice person) {
    full = false;
    if (chosen.remove(person.employeeId()) != null) {
      return;
    }
    full = chosen.size() >= ListChange.MOST;
    if (!full) {
      chosen.put(person.employeeId(), person);
    }
  }

  /** Who joins the list, and who leaves it. */
  ListChange change() {
    return new ListChange(without(chosen.keySet(), standing), without(standing, chosen.keySet()));
  }

  private static Set<EmployeeId> without(Collection<Long> some, Collection<Long> others) {
    return some.stream()
        .filter(id -> !others.contains(id))
        .map(EmployeeId::new)
        .collect(Collectors.toSet());
  }

  /** Whether somebody is picked. */
  public boolean has(PersonChoice person) {
    return chosen.containsKey(person.employeeId());
  }

  /** Those who are picked, in the order of picking. */
  public List<PersonChoice> getChosen() {
    return List.copyOf(chosen.values());
  }

  /** How many stand on the list besides and are not shown. */
  public long getUnseen() {
    return unseen;
  }

  /** Whether somebody could not be picked because so many are. */
  public boolean isFull() {
    return full;
  }

  /** Most people who can be picked. */
  public int getMost() {
    return ListChange.MOST;
  }

  /** The first few that were found; null before anybody looked. */
  public @Nullable List<PersonChoice> getFound() {
    return found;
  }

  /** What is looked for. */
  public String getText() {
    return text;
  }

  /** Sets what is looked for. */
  public void setText(@Nullable String text) {
    this.text = text == null ? "" : text;
  }
}
