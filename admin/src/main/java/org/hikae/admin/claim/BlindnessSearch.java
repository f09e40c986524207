package org.hikae.admin.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.hikae.admin.dossier.ClaimFact;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.ClaimState;
import org.hikae.admin.dossier.DossierClaim;
import org.hikae.admin.search.CanaryFile;
import org.hikae.admin.search.MultiPatternSearch;
import org.hikae.admin.search.SecretEncodings;

/**
 * One search of one place: for what must not be there, and for what must be, which proves that the
 * search sees.
 */
final class BlindnessSearch {

  private static final String KNOWN = "known ";
  private static final String SECRET = "SECRET ";
  private static final String PLACE = "place";

  private final CanaryFile canaries;
  private final MultiPatternSearch search;
  private final List<String> known;

  /**
   * Looks for the canaries of a file.
   *
   * @param proof what must be found there, by name; each has at least as many characters as {@link
   *     SecretEncodings#FEWEST_BYTES}
   */
  BlindnessSearch(CanaryFile canaries, List<ProofText> proof) {
    this.canaries = canaries;
    this.known = proof.stream().map(ProofText::name).toList();
    SecretEncodings all = new SecretEncodings();
    for (CanaryFile.Canary canary : canaries.canaries()) {
      if (!canary.known()) {
        var _ = canary.addTo(all, SECRET + canary.name());
      }
    }
    for (ProofText text : proof) {
      var _ = all.text(KNOWN + text.name(), text.text());
    }
    this.search = new MultiPatternSearch(all);
  }

  /**
   * What must be found.
   *
   * @param name for people
   * @param text which is looked for
   */
  record ProofText(String name, String text) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** The known canaries of the file, as what must be found. */
  static List<ProofText> known(CanaryFile canaries) {
    return canaries.canaries().stream()
        .filter(CanaryFile.Canary::known)
        .map(canary -> new ProofText(canary.name(), canary.value()))
        .toList();
  }

  /** Where bytes are given to be searched. */
  MultiPatternSearch search() {
    return search;
  }

  /** The place that all bytes are searched under. */
  static String place() {
    return PLACE;
  }

  /** What came of it; more facts stand at the end. */
  ClaimResult result(DossierClaim claim, List<ClaimFact> more) {
    Set<String> found = new TreeSet<>(search.found());
    List<ClaimFact> facts = new ArrayList<>();
    for (String one : found) {
      if (one.startsWith(SECRET)) {
        facts.add(ClaimFact.of(ClaimFactKind.SECRET_FOUND, form(one, SECRET)));
      }
    }
    boolean leaks = !facts.isEmpty();
    Set<String> seen = new TreeSet<>();
    for (String name : known) {
      if (found.stream().anyMatch(one -> one.startsWith(KNOWN + name + " "))) {
        seen.add(name);
      }
    }
    boolean proven = seen.size() == Set.copyOf(known).size();
    if (!proven) {
      Set<String> missed = new TreeSet<>(known);
      missed.removeAll(seen);
      facts.add(ClaimFact.of(ClaimFactKind.SEARCH_UNPROVEN, String.join(", ", missed)));
    }
    facts.add(
        ClaimFact.of(
            ClaimFactKind.SEARCHED,
            String.format(Locale.ROOT, "%,d", search.searchedBytes()),
            String.join(", ", canaries.names(false))));
    if (!seen.isEmpty()) {
      facts.add(ClaimFact.of(ClaimFactKind.KNOWN_FOUND, String.join(", ", seen)));
    }
    facts.addAll(more);
    ClaimState state = proven ? ClaimState.HOLDS : ClaimState.NOT_RUN;
    return new ClaimResult(claim, leaks ? ClaimState.FAILS : state, facts);
  }

  private static String form(String found, String beginning) {
    return found.substring(beginning.length()).replace(" in " + PLACE, "");
  }
}
