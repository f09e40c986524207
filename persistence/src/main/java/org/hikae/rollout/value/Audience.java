package org.hikae.rollout.value;

import java.util.Set;

/** Whom a wave is for. */
public sealed interface Audience {

  /** Members of these groups and of those below them. */
  record Groups(Set<String> paths) implements Audience {}

  /** Those on the list of this wave. */
  record Listed(long waveId) implements Audience {}

  /**
   * Those on the list of this wave, with the first and without the second; no list is of wave 0.
   */
  record Picked(long waveId, Set<Long> added, Set<Long> removed) implements Audience {}

  /** So many percent of everybody, by their places in this campaign. */
  record Percent(long campaignId, int percent) implements Audience {}
}
