package org.hikae.admin.dossier;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.admin.doctor.ExceptionText;

/** Executes claims one after the other. One that breaks keeps no other from being executed. */
public final class DossierRunner {

  private final List<ClaimCheck> checks;

  /** Runs these, in their order. */
  public DossierRunner(List<ClaimCheck> checks) {
    this.checks = List.copyOf(checks);
  }

  /** Hears of each claim that was executed. */
  @FunctionalInterface
  public interface ProgressSink {

    /** The claim at this place, from 1, came to a result. */
    void accept(int place, ClaimResult result);
  }

  /** Executes all of them. */
  public List<ClaimResult> run(ProgressSink progress) {
    List<ClaimResult> results = new ArrayList<>();
    for (ClaimCheck check : checks) {
      ClaimResult result = result(check);
      results.add(result);
      progress.accept(results.size(), result);
    }
    return results;
  }

  private static ClaimResult result(ClaimCheck check) {
    try {
      return check.execute();
    } catch (IOException | RuntimeException e) {
      // A wrong setting breaks a check as a missing server does. What is not known does not hold.
      return ClaimResult.notRun(
          check.claim(), ClaimFactKind.UNREADABLE, check.claim().id(), ExceptionText.of(e));
    }
  }
}
