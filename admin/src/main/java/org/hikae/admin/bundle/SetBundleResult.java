package org.hikae.admin.bundle;

import java.util.List;

/**
 * What was copied.
 *
 * @param setId the set, hexadecimal
 * @param snapshots how many there are that were not removed
 * @param removed how many were removed
 * @param objects how many objects these snapshots need
 * @param kept objects that were in the folder before
 * @param written objects that were copied now
 * @param receipts receipts of the vault
 * @param findings what is wrong, at most {@link #MOST_FINDINGS}
 * @param wrong how much is wrong altogether
 */
public record SetBundleResult(
    String setId,
    long snapshots,
    long removed,
    long objects,
    long kept,
    long written,
    long receipts,
    List<SetBundleFinding> findings,
    long wrong) {

  /** Most findings that are told one by one. */
  public static final int MOST_FINDINGS = 1000;

  /** Copies the list. */
  public SetBundleResult {
    findings = List.copyOf(findings);
  }
}
