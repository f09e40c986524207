package org.hikae.admin.dossier;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of a claim.
 *
 * @param claim which
 * @param state how it ended
 * @param facts what was seen, at least one; of a claim that was not run the first says why
 */
public record ClaimResult(DossierClaim claim, ClaimState state, List<ClaimFact> facts) {

  /** More of them nobody reads. */
  private static final int MOST_FACTS = 50;

  /** Copies the list, of which it keeps the first. */
  public ClaimResult {
    if (facts.isEmpty()) {
      throw new IllegalArgumentException("a result says what was seen");
    }
    if (facts.size() > MOST_FACTS) {
      List<ClaimFact> some = new ArrayList<>(facts.subList(0, MOST_FACTS));
      some.add(ClaimFact.of(ClaimFactKind.MORE, facts.size() - MOST_FACTS));
      facts = some;
    }
    facts = List.copyOf(facts);
  }

  /** A claim that could not be executed. */
  public static ClaimResult notRun(DossierClaim claim, ClaimFactKind why, Object... values) {
    return new ClaimResult(claim, ClaimState.NOT_RUN, List.of(ClaimFact.of(why, values)));
  }

  /** Holds, unless there is a fault; faults come first. */
  public static ClaimResult of(
      DossierClaim claim, List<ClaimFact> faults, List<ClaimFact> otherwise) {
    List<ClaimFact> all = new ArrayList<>(faults);
    all.addAll(otherwise);
    return new ClaimResult(claim, faults.isEmpty() ? ClaimState.HOLDS : ClaimState.FAILS, all);
  }
}
