package org.hikae.rollout.boundary;

import java.time.Instant;
import java.util.List;
import org.hikae.rollout.entity.GateKind;

/**
 * What the gates of campaigns look at. A port: the figures come from capabilities that this one
 * must not know. Called in the transaction of a step, with one query for a gate whatever the number
 * of people.
 */
public interface GateFigures {

  /**
   * What was seen among those whom a wave invited.
   *
   * @param waveId which wave
   * @param failing how many failed
   * @param observed of how many
   */
  record Seen(long waveId, long failing, long observed) {}

  /**
   * What a gate sees in each wave of a campaign that invited anybody.
   *
   * @param since what happened before does not count
   */
  List<Seen> see(GateKind gate, long campaignId, Instant since, Instant now);
}
