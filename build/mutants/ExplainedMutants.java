import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The list {@code explained.tsv}: why a mutant that survives may. A line explains one mutant; one
 * with a {@code *} in place of method, mutation or line of the source explains all that the others
 * fit.
 */
final class ExplainedMutants {

  /** Class, method, mutation, line of the source, and why. */
  private record Line(List<String> fields) {

    boolean fits(Mutant mutant) {
      String[] key = mutant.key().split("\t", -1);
      for (int i = 0; i < key.length; i++) {
        if (!fields.get(i).equals("*") && !fields.get(i).equals(key[i])) {
          return false;
        }
      }
      return true;
    }

    boolean isBroad() {
      return fields.subList(1, 4).contains("*");
    }
  }

  private final List<Line> lines = new ArrayList<>();
  private final Set<Integer> used = new LinkedHashSet<>();

  ExplainedMutants(Path file) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (!line.startsWith("#")) {
        List<String> fields = List.of(line.split("\t", -1));
        if (fields.size() != 5 || fields.stream().anyMatch(String::isBlank)) {
          throw new MutationFailure(
              file + ": class, method, mutation, line of the source, and why: " + line);
        }
        lines.add(new Line(fields));
      }
    }
  }

  /** Whether a line says why, that has not been used up by another mutant. */
  boolean explain(Mutant mutant) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).fits(mutant) && (lines.get(i).isBroad() || !used.contains(i))) {
        used.add(i);
        return true;
      }
    }
    return false;
  }

  /** Lines about these outermost classes that explain nothing. */
  List<String> unused(Predicate<String> type) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!used.contains(i)
          && type.test(MutatedSource.outermost(lines.get(i).fields().getFirst()))) {
        found.add(String.join("\t", lines.get(i).fields()));
      }
    }
    return found;
  }
}
