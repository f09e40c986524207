package org.hikae.device.bundle;

import java.util.List;
import org.hikae.backup.wire.RunResult;

/**
 * What the copying came to.
 *
 * @param result SUCCESS, CORRUPT when anything is wrong, CANCELLED
 * @param snapshots how many of the set there are that were not removed
 * @param removed how many of the set were removed
 * @param objects how many objects these snapshots need
 * @param kept objects that were in the folder before
 * @param written objects that came now
 * @param bytesReceived bytes of objects that came from the store
 * @param damages what is wrong, at most {@link #MOST_DAMAGES}
 * @param damaged how much is wrong altogether
 */
public record BundleResult(
    RunResult result,
    long snapshots,
    long removed,
    long objects,
    long kept,
    long written,
    long bytesReceived,
    List<BundleDamage> damages,
    long damaged) {

  /** Most damages that are told one by one. */
  public static final int MOST_DAMAGES = 1000;

  /** Copies the list. */
  public BundleResult {
    damages = List.copyOf(damages);
  }
}
