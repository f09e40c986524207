package org.hikae.rollout.view;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.hikae.rollout.value.AudienceKind;
import org.jspecify.annotations.Nullable;

/**
 * A wave as administrators see it.
 *
 * @param waveId identifier
 * @param number its place in the order, from 1
 * @param name what people call it
 * @param audience GROUPS, LIST or PERCENT
 * @param groups group paths, for GROUPS
 * @param percent share of everybody, for PERCENT
 * @param listed how many are on its list, for LIST
 * @param startsAt not before this time
 * @param soakDays days that the wave before soaks, once everybody of it is invited
 * @param minHealthyPercent share of those observed in it who must be healthy
 * @param minObserved how many people of it must be observed, all of them when it has fewer
 * @param beganAt when it began; absent before
 * @param invitedAt when everybody in it was invited; absent before, and after it was widened
 */
public record WaveView(
    long waveId,
    int number,
    String name,
    AudienceKind audience,
    @Nullable List<String> groups,
    @Nullable Integer percent,
    @Nullable Long listed,
    @Nullable Instant startsAt,
    int soakDays,
    int minHealthyPercent,
    int minObserved,
    @Nullable Instant beganAt,
    @Nullable Instant invitedAt)
    implements Serializable {

  /** How far it has come. */
  public WaveState state() {
    if (beganAt == null) {
      return WaveState.WAITING;
    }
    return invitedAt == null ? WaveState.INVITING : WaveState.INVITED;
  }
}
