package org.hikae.device.possession;

import java.util.List;

/**
 * What became of some challenges.
 *
 * @param asked how many were put
 * @param answered how many of them were answered rightly
 * @param failures what was wrong with others
 * @param withheld how many were neither answered nor refused for good
 * @param unreachable whether the portal could not be asked any more
 * @param unkept whether evidence could not be written
 * @param bytes how many were received
 */
public record PossessionResult(
    int asked,
    int answered,
    List<PossessionFailure> failures,
    int withheld,
    boolean unreachable,
    boolean unkept,
    long bytes) {

  /** Copies the list. */
  public PossessionResult {
    failures = List.copyOf(failures);
  }
}
