import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A line of {@code packages.tsv}: classes of one module, and the tests that shall notice when they
 * change. A class belongs to the first line that fits it.
 *
 * @param module the folder of the classes
 * @param testModule the folder of the tests, the same one or one above
 * @param without tests that are left out, or nothing
 */
record MutationGroup(
    String name, String module, String classes, String testModule, String tests, String without) {

  private static List<MutationGroup> all() throws IOException {
    Path file = MutantsMain.OWN.resolve("packages.tsv");
    List<MutationGroup> groups = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.startsWith("#")) {
        String[] fields = line.split("\t", -1);
        if (fields.length != 6) {
          throw new MutationFailure(file + ": a line needs six fields: " + line);
        }
        groups.add(
            new MutationGroup(
                fields[0],
                fields[1],
                fields[2],
                fields[3],
                fields[4],
                fields[5].equals("-") ? "" : fields[5]));
      }
    }
    return groups;
  }

  /** The files of each group's classes, in the order of their names. */
  static Map<MutationGroup, List<MutatedSource>> sources() throws IOException {
    Map<MutationGroup, List<MutatedSource>> sources = new LinkedHashMap<>();
    Set<MutatedSource> taken = new HashSet<>();
    for (MutationGroup group : all()) {
      List<MutatedSource> own = group.fitting().stream().filter(taken::add).toList();
      if (own.isEmpty()) {
        throw new MutationFailure("packages.tsv: no class fits the line " + group.name());
      }
      sources.put(group, own);
    }
    return sources;
  }

  private List<MutatedSource> fitting() throws IOException {
    Path folder = Path.of(module, "src/main/java");
    Pattern wanted = pattern();
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .map(file -> new MutatedSource(file, type(folder.relativize(file))))
          .filter(source -> wanted.matcher(source.type()).matches())
          .sorted()
          .toList();
    }
  }

  private Pattern pattern() {
    return Pattern.compile(
        Arrays.stream(classes.split(","))
            .map(glob -> glob.replace(".", "\\.").replace("*", ".*"))
            .collect(Collectors.joining("|")));
  }

  private static String type(Path file) {
    return file.toString().replaceFirst("\\.java$", "").replace('/', '.');
  }
}
