package org.hikae.admin.dossier;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * What became of the claims of the threat model on one installation at one time.
 *
 * @param origin whose it is
 * @param results one for each claim, in the order of the claims
 */
public record Dossier(DossierOrigin origin, List<ClaimResult> results) {

  /**
   * Whose a dossier is.
   *
   * @param madeAt in whole seconds
   * @param tool name and version of what made it
   * @param portal address of the portal, by its settings
   * @param realm address of the realm, by its settings
   * @param challenge what the reader wanted to read in it, so that it is not older; may be empty
   */
  public record DossierOrigin(
      Instant madeAt, String tool, String portal, String realm, String challenge) {}

  /** Copies the list. */
  public Dossier {
    results = List.copyOf(results);
  }

  /** The worst state of a claim. */
  public ClaimState worst() {
    return results.stream()
        .map(ClaimResult::state)
        .max(Comparator.comparingInt(ClaimState::exitCode))
        .orElse(ClaimState.NOT_RUN);
  }

  /** How many claims came to a state. */
  public long count(ClaimState state) {
    return results.stream().filter(result -> result.state() == state).count();
  }
}
