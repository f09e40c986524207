import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is to be said of some mutants.
 *
 * @param noticed how many a test noticed
 * @param explained how many survive, with a reason in the list
 * @param unexplained those that survive without
 * @param unused lines of the list that explain nothing
 */
record MutationVerdict(int noticed, int explained, List<Mutant> unexplained, List<String> unused) {

  /**
   * @param complete for which classes all mutants are here, so that a line that fits none is wrong
   */
  static MutationVerdict of(
      List<Mutant> mutants, ExplainedMutants explanations, Predicate<String> complete) {
    int noticed = 0;
    int explained = 0;
    List<Mutant> unexplained = new ArrayList<>();
    for (Mutant mutant : mutants) {
      if (!mutant.survived()) {
        noticed++;
      } else if (explanations.explain(mutant)) {
        explained++;
      } else {
        unexplained.add(mutant);
      }
    }
    return new MutationVerdict(noticed, explained, unexplained, explanations.unused(complete));
  }

  boolean isGood() {
    return unexplained.isEmpty() && unused.isEmpty();
  }

  int faults() {
    return unexplained.size() + unused.size();
  }

  /** What is wrong, a few lines for each. */
  List<String> complaints() {
    List<String> lines = new ArrayList<>();
    unexplained.forEach(mutant -> lines.add("survives: " + mutant));
    unused.forEach(line -> lines.add("explains nothing: " + line));
    return lines;
  }

  String counts() {
    return "%d mutants noticed, %d explained, %d neither"
        .formatted(noticed, explained, unexplained.size());
  }
}
