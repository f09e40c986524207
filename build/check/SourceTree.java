import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All files of the repository but those that Git ignores.
 *
 * @param digests by path below the root
 */
record SourceTree(Path root, SortedMap<String, String> digests) {

  static SourceTree read(Path root) throws IOException {
    Process git =
        new ProcessBuilder("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
            .directory(root.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    SortedMap<String, String> digests = new TreeMap<>();
    for (String name : names.split("\0")) {
      Path file = root.resolve(name);
      // Git still knows what was deleted and not yet committed.
      if (Files.isRegularFile(file)) {
        digests.put(name, Digest.of(Files.readAllBytes(file)));
      }
    }
    if (digests.isEmpty()) {
      throw new CheckFailure("Git tells no files; ./check works in a clone.");
    }
    return new SourceTree(root, digests);
  }

  Path path(String name) {
    return root.resolve(name);
  }

  /** One digest of several files. */
  String digest(Predicate<String> chosen) {
    return Digest.of(
        digests.entrySet().stream()
            .filter(file -> chosen.test(file.getKey()))
            .map(file -> file.getKey() + " " + file.getValue())
            .collect(Collectors.joining("\n")));
  }
}
