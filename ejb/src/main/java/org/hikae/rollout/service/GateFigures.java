package org.hikae.rollout.service;

import java.time.Instant;
import java.util.List;

/**
 * What the gates of campaigns look at, and the waves that wait. A port: the figures come from
 * capabilities that this one must not know. Called in the transaction of a step, with one query for
 * a gate whatever the number of people.
 */
public interface GateFigures {

  /**
   * What was seen among those whom a wave invited.
   *
   * @param waveId which wave
   * @param failing how many failed
   * @param observed of how many
   */
  record WaveFigures(long waveId, long failing, long observed) {}

  /**
   * How the people fare whom a wave invited and who take part with a device.
   *
   * @param observed how many they are
   * @param healthy how many of them are backed up in time, without a failure since
   */
  record WaveHealth(long observed, long healthy) {}

  /** Devices that ended a first backup since then, and those of them that have none. */
  List<WaveFigures> failedFirstBackups(long campaignId, Instant since);

  /** Devices that sent the vault something since then, and those of them it did not answer last. */
  List<WaveFigures> vaultErrors(long campaignId, Instant since);

  /** Devices in use, and those of them that fell silent since then. */
  List<WaveFigures> staleDevices(long campaignId, Instant since, Instant now);

  /** How the people of one wave fare at this time, in one query. */
  WaveHealth health(long waveId, Instant now);
}
