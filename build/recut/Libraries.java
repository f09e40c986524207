import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The libraries of all modules together. */
final class Libraries {

  /** Such as {@code org.hikae:hikae-crypto:jar:1.1.0-SNAPSHOT:compile:/file.jar -- module name}. */
  private static final Pattern LIBRARY =
      Pattern.compile(
          "^ +(\\S+?):\\S+:(?:compile|provided|system|runtime|test):(/.+?\\.jar)( .*)?$");

  private Libraries() {}

  static String classPath(Path root, Path file) throws IOException {
    Set<String> all = new TreeSet<>();
    if (file != null) {
      for (String line : Files.readAllLines(file)) {
        for (String one : line.split(File.pathSeparator)) {
          if (one.endsWith(".jar") && !one.contains("/hikae-")) {
            all.add(one);
          }
        }
      }
      return String.join(File.pathSeparator, all);
    }
    for (Path list : lists(root)) {
      for (String line : Files.readAllLines(list)) {
        Matcher library = LIBRARY.matcher(line);
        if (library.matches() && !library.group(1).equals("org.hikae")) {
          all.add(library.group(2));
        }
      }
    }
    if (all.isEmpty()) {
      throw new Failure("Run ./check first, which lists the libraries; or give --class-path.");
    }
    return String.join(File.pathSeparator, all);
  }

  private static List<Path> lists(Path root) throws IOException {
    try (Stream<Path> files =
        Files.find(root, 4, (path, _) -> path.endsWith("target/check-libraries.txt"))) {
      return files.sorted().toList();
    }
  }
}
