import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables as they were written. */
record Tables(
    List<TypeRow> types,
    List<FileRow> files,
    List<MemberRow> members,
    Map<String, String> packages) {

  /**
   * @param from flat name, or a package with {@code .*} behind it
   * @param place where it goes, such as {@code vault:test}, or null
   * @param widens whether the type and what of it is used elsewhere becomes public if need be
   * @param keepsVariables whether variables that are called like it stay
   */
  record TypeRow(
      String from, String to, String place, boolean widens, boolean keepsVariables, String where) {}

  /** A file that is no Java source, such as messages beside a class. */
  record FileRow(String from, String to) {}

  record MemberRow(String type, String from, String to, String where) {}

  static Tables read(Options options) throws IOException {
    List<TypeRow> types = new ArrayList<>();
    List<FileRow> files = new ArrayList<>();
    for (Path file : options.types()) {
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        String[] cells = cells(line);
        if (cells.length < 2 || !isName(cells[0])) {
          continue;
        }
        String where = file.getFileName() + ":" + number;
        if (cells[0].contains("/")) {
          files.add(new FileRow(cells[0], cells[1]));
        } else if (!cells[0].equals(cells[1]) || cells.length > 2) {
          types.add(
              new TypeRow(
                  cells[0],
                  cells[1],
                  flag(cells, "to="),
                  flag(cells, "public") != null,
                  flag(cells, "keep-variables") != null,
                  where));
        }
      }
    }
    List<MemberRow> members = new ArrayList<>();
    for (Path file : options.members()) {
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        String[] cells = cells(line);
        if (cells.length >= 3 && isName(cells[0]) && !cells[1].equals(cells[2])) {
          members.add(
              new MemberRow(cells[0], cells[1], cells[2], file.getFileName() + ":" + number));
        }
      }
    }
    Map<String, String> packages = new LinkedHashMap<>();
    for (Path file : options.packages()) {
      for (String line : Files.readAllLines(file)) {
        String[] cells = cells(line);
        if (cells.length >= 1 && isName(cells[0]) && cells[0].contains(".")) {
          packages.put(cells[0], cells.length > 1 ? cells[1] : "");
        }
      }
    }
    return new Tables(types, files, members, packages);
  }

  private static String[] cells(String line) {
    String[] cells = line.split("\t");
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cells[i].strip();
    }
    return cells;
  }

  /** Else it is a comment, or the head of the table. */
  private static boolean isName(String cell) {
    return cell.matches("[A-Za-z_][\\w.$/*-]*") && !cell.matches("(?i)old|from|type|package");
  }

  /** Flags stand in the third column, separated by spaces or commas. */
  private static String flag(String[] cells, String name) {
    if (cells.length < 3) {
      return null;
    }
    for (String word : cells[2].split("[ ,]+")) {
      if (name.endsWith("=") ? word.startsWith(name) : word.equals(name)) {
        return word.substring(name.endsWith("=") ? name.length() : 0);
      }
    }
    return null;
  }
}
