import java.util.Set;
import java.util.regex.Pattern;

/**
 * One change of a class, and what became of it.
 *
 * @param type the class, with its package; of a nested one with a dollar
 * @param method without the number that the compiler gives to a lambda
 * @param mutation what was changed, in PIT's words, without packages
 * @param text the line of the source
 * @param status as PIT names it
 */
record Mutant(String type, String method, String mutation, String text, int line, String status) {

  private static final Set<String> NOTICED =
      Set.of("KILLED", "TIMED_OUT", "MEMORY_ERROR", "NON_VIABLE");

  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(\\w+)\\$\\d+");
  private static final Pattern PLACE = Pattern.compile(" for [\\w/$]+::[\\w<>$]+$");
  private static final Pattern PACKAGE = Pattern.compile("\\b(?:\\w+/)+");

  /** As PIT tells it. */
  static Mutant of(
      String type, String method, String description, String text, int line, String status) {
    return new Mutant(
        type,
        LAMBDA.matcher(method).replaceFirst("$1"),
        PACKAGE.matcher(PLACE.matcher(description).replaceFirst("")).replaceAll(""),
        text.strip().replace('\t', ' '),
        line,
        status);
  }

  static Mutant parse(String row) {
    String[] f = row.split("\t", -1);
    return new Mutant(f[0], f[1], f[2], f[3], Integer.parseInt(f[4]), f[5]);
  }

  String row() {
    return String.join("\t", key(), String.valueOf(line), status);
  }

  /** What an explanation has to name. */
  String key() {
    return String.join("\t", type, method, mutation, text);
  }

  boolean survived() {
    return !NOTICED.contains(status);
  }

  @Override
  public String toString() {
    return "%s:%d %s: %s%s%n    %s"
        .formatted(
            type,
            line,
            method,
            mutation,
            switch (status) {
              case "SURVIVED" -> "";
              case "NO_COVERAGE" -> " (no test comes here)";
              default -> " (" + status + ")";
            },
            text);
  }
}
