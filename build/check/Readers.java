import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code readers.txt} says: which tests depend on more than the classes that they know. */
final class Readers {

  private static final String ALL_CLASSES = "@main";

  /** One line, and the files of the repository that it means. */
  private record Line(String test, boolean allClasses, List<String> files) {

    boolean isOf(String module, String suite) {
      return test.equals(suite) || test.equals(module + "/*");
    }
  }

  private final List<Line> lines = new ArrayList<>();

  Readers(Path table, Collection<String> files) throws IOException {
    List<Path> paths = files.stream().map(Path::of).toList();
    for (String line : Files.readAllLines(table)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        List<String> words = List.of(line.split(" +"));
        List<String> globs = words.subList(1, words.size());
        lines.add(new Line(words.getFirst(), globs.contains(ALL_CLASSES), matching(globs, paths)));
      }
    }
  }

  private static List<String> matching(List<String> globs, List<Path> paths) {
    List<PathMatcher> matchers =
        globs.stream()
            .filter(glob -> !glob.equals(ALL_CLASSES))
            // Two stars stand for no folder, too.
            .map(glob -> glob.replace("**/", "{**/,}"))
            .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
            .toList();
    return paths.stream()
        .filter(path -> matchers.stream().anyMatch(glob -> glob.matches(path)))
        .map(Path::toString)
        .toList();
  }

  boolean readsAllClasses(String module, String suite) {
    return lines.stream().anyMatch(line -> line.isOf(module, suite) && line.allClasses());
  }

  /** What a test reads, and whether it stands there by its own name. */
  Map<String, Boolean> filesOf(String module, String suite) {
    Map<String, Boolean> found = new TreeMap<>();
    for (Line line : lines) {
      if (line.isOf(module, suite)) {
        line.files().forEach(f -> found.merge(f, line.test().equals(suite), Boolean::logicalOr));
      }
    }
    return found;
  }
}
