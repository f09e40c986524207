package org.hikae.device.verify;

import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.run.RunTotals;

/**
 * How a verification ended without an exception.
 *
 * @param result SUCCESS; CORRUPT when anything is missing or damaged that no other snapshot makes
 *     good; CANCELLED
 * @param tally files of all manifests read, everything that is wrong as failed, plain bytes opened
 * @param snapshots how many were to be verified
 * @param packs how many packs they need, each counted once
 * @param packsOpened how many of them were fetched and opened
 * @param sample how many packs of files there are, and were chosen to be opened
 * @param damages what is wrong, at most {@link #MAX_DAMAGES}
 */
public record VerificationResult(
    RunResult result,
    RunTotals tally,
    long snapshots,
    long packs,
    long packsOpened,
    SampleCoverage sample,
    List<Damage> damages) {

  /** Most damages that are listed; the rest are counted. */
  public static final int MAX_DAMAGES = 10_000;

  /** Copies the list. */
  public VerificationResult {
    damages = List.copyOf(damages);
  }
}
