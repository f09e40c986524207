import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tracked files of the repository. */
final class Repository {

  /** Its own sources share the unnamed package with those of the other tools. */
  private static final String OWN = "build/recut/";

  private final Path root;
  private final List<String> tracked;

  Repository(Path root) throws IOException, InterruptedException {
    this.root = root;
    this.tracked = List.of(git("ls-files", "-z").split("\0"));
  }

  Path root() {
    return root;
  }

  /** Path to text of every Java source. */
  Map<String, String> javaSources() throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String path : tracked) {
      if (isSource(path) && !path.startsWith(OWN) && Files.exists(root.resolve(path))) {
        all.put(path, Files.readString(root.resolve(path)));
      }
    }
    return all;
  }

  /** Some tests have sources of an earlier commit among their resources. */
  private static boolean isSource(String path) {
    return path.endsWith(".java") && !path.contains("/resources/");
  }

  /** Everything else, whether text or not. */
  List<String> others() {
    return tracked.stream()
        .filter(path -> !isSource(path) && !path.startsWith(OWN))
        .filter(path -> Files.isRegularFile(root.resolve(path)))
        .toList();
  }

  /** Nothing for what is not text. */
  Optional<String> text(String path) throws IOException {
    byte[] bytes = Files.readAllBytes(root.resolve(path));
    for (byte one : bytes) {
      if (one == 0) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Changes the tree: what is to be under which path, and what is to be there no longer. */
  void write(Map<String, byte[]> files, Set<String> gone) throws IOException, InterruptedException {
    Set<String> changed = new TreeSet<>(gone);
    changed.addAll(files.keySet());
    // All old ones first: a file may take the path of another one that moves.
    for (String path : gone) {
      Files.delete(root.resolve(path));
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    for (String path : gone) {
      removeEmpty(root.resolve(path).getParent());
    }
    Process git =
        new ProcessBuilder("git", "add", "-A", "--pathspec-from-file=-", "--pathspec-file-nul")
            .directory(root.toFile())
            .redirectErrorStream(true)
            .start();
    try (var out = git.getOutputStream()) {
      out.write(String.join("\0", changed).getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (git.waitFor() != 0) {
      throw new Failure("git add: " + said);
    }
  }

  private static void removeEmpty(Path folder) throws IOException {
    Path one = folder;
    while (Files.isDirectory(one) && isEmpty(one)) {
      Files.delete(one);
      one = one.getParent();
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  String git(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    Process git =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream out = git.getInputStream()) {
      String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      if (git.waitFor() != 0) {
        throw new Failure(String.join(" ", command) + " failed");
      }
      return text;
    }
  }
}
