import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was done, what somebody has to look at, and what is wrong. */
final class Report {

  /** In the order in which they are told. */
  enum Kind {
    BROKEN("It would not compile, or would not be the same: put right before anything is written"),
    PUBLISHED("Names that others know; they must stay, or be kept by an annotation"),
    LOOK("Places that may mean a renamed thing and were left alone"),
    PROPOSED("Rows that the tables lack, it seems"),
    WIDENED("Made public, because a move put it out of reach"),
    PACKAGE("Descriptions of packages"),
    MOVED("Files"),
    VARIABLE("Fields, parameters and variables that followed their type"),
    TEXT("Edited in comments, strings and files that are not Java");

    final String meaning;

    Kind(String meaning) {
      this.meaning = meaning;
    }
  }

  private final Map<Kind, Set<String>> lines = new TreeMap<>();

  void add(Kind kind, String line) {
    lines.computeIfAbsent(kind, _ -> new TreeSet<>()).add(line.replace('\n', ' '));
  }

  int count(Kind kind) {
    return lines.getOrDefault(kind, Set.of()).size();
  }

  void write(Path file) throws IOException {
    StringBuilder all = new StringBuilder();
    lines.forEach(
        (kind, what) -> {
          all.append("# ").append(kind).append(": ").append(kind.meaning).append('\n');
          what.forEach(line -> all.append(line).append('\n'));
          all.append('\n');
        });
    Path parent = file.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Files.writeString(file, all);
  }

  String summary() {
    StringBuilder all = new StringBuilder();
    for (Kind kind : Kind.values()) {
      all.append("%6d %s%n".formatted(count(kind), kind));
    }
    return all.toString();
  }
}
