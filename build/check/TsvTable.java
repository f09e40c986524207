import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A file of lines, each a key and its fields between tabs: what one run leaves for the next. */
final class TsvTable {

  private final Path file;
  private final Map<String, List<String>> rows = new TreeMap<>();

  TsvTable(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        List<String> fields = Arrays.asList(line.split("\t", -1));
        rows.put(fields.getFirst(), fields.subList(1, fields.size()));
      }
    }
  }

  Map<String, List<String>> rows() {
    return rows;
  }

  /** A field of a row, or nothing at all. */
  String get(String key, int field) {
    List<String> row = rows.get(key);
    return row == null ? "" : row.get(field);
  }

  void put(String key, Object... fields) {
    rows.put(key, Arrays.stream(fields).map(String::valueOf).toList());
  }

  /** Replaces all rows by keys with one field. */
  void replaceBy(Map<String, String> all) {
    rows.clear();
    all.forEach(this::put);
  }

  /** Replaces the file in one step, so that an interrupted run leaves the old one. */
  void save() throws IOException {
    List<String> lines = new ArrayList<>();
    rows.forEach((key, fields) -> lines.add(key + "\t" + String.join("\t", fields)));
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(fresh, lines);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
