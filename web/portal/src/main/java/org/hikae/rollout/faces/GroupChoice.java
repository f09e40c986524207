package org.hikae.rollout.faces;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A group that can be chosen for a wave. */
public class GroupChoice implements Serializable {

  private final String path;
  private final @Nullable Long people;
  private boolean chosen;

  GroupChoice(String path, @Nullable Long people, boolean chosen) {
    this.path = path;
    this.people = people;
    this.chosen = chosen;
  }

  /** Its path. */
  public String getPath() {
    return path;
  }

  /** How many are in it; null when nobody is any more, or it is not among the largest. */
  public @Nullable Long getPeople() {
    return people;
  }

  /** Whether it is chosen. */
  public boolean isChosen() {
    return chosen;
  }

  /** Chooses it or does not. */
  public void setChosen(boolean chosen) {
    this.chosen = chosen;
  }
}
