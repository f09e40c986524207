import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code test-inputs.txt} says: the files that tests read. */
final class TestInputs {

  /** A line, and the files that it means. */
  private record Line(String tests, List<String> files) {}

  private final List<Line> lines = new ArrayList<>();

  TestInputs(SourceTree tree) throws IOException {
    for (String line : Files.readAllLines(tree.path("build/check/test-inputs.txt"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        List<String> words = List.of(line.split(" +"));
        List<PathMatcher> globs = words.stream().skip(1).map(TestInputs::matcher).toList();
        lines.add(
            new Line(
                words.getFirst(),
                tree.digests().keySet().stream()
                    .filter(file -> globs.stream().anyMatch(one -> one.matches(Path.of(file))))
                    .toList()));
      }
    }
  }

  /** Two stars stand for no folder, too. */
  private static PathMatcher matcher(String glob) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob.replace("**/", "{**/,}"));
  }

  /** The files that a class of tests reads, and whether it is named itself. */
  Map<String, Boolean> of(String module, String tests) {
    Map<String, Boolean> all = new TreeMap<>();
    for (Line line : lines) {
      boolean named = line.tests().equals(tests);
      if (named || line.tests().equals(module + "/*")) {
        line.files().forEach(file -> all.merge(file, named, Boolean::logicalOr));
      }
    }
    return all;
  }
}
