import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line.
 *
 * @param packages texts of package descriptions, or null
 * @param members or null
 * @param classPath a file with a class path, or null to take what {@code ./check} left
 * @param left files that are not edited, such as the decision record with the table itself
 */
record Options(
    Phase phase,
    boolean writes,
    boolean verifies,
    boolean widens,
    List<Path> types,
    List<Path> members,
    List<Path> packages,
    List<String> left,
    Path classPath,
    Path report) {

  static final String USAGE =
      """
      usage: build/recut/recut [option ...] RENAMES.tsv ...
        --phase PHASE            move, rename, or all; rename in two steps: types, members
        --members FILE           members to rename: type, member, new member
        --packages FILE          descriptions of packages: package, text
        --widen                  makes public what a move would put out of reach
        --leave FILE             does not edit this file (may be given again)
        --class-path FILE        libraries, when ./check has not left its lists
        --report FILE            where the report goes (.hikae/recut/report.txt)
        --check                  reports and writes nothing
        --unverified             does not compile the result
      or:    build/recut/recut patches COMMIT RENAMES.tsv ...
        makes build/faults anew, which fitted the sources of COMMIT
      """;

  /** Which part of the table is carried out. */
  enum Phase {
    MOVE,
    /** Types and members. */
    RENAME,
    TYPES,
    MEMBERS,
    ALL;

    boolean movesTypes() {
      return this == MOVE || this == ALL;
    }

    boolean renamesTypes() {
      return this == RENAME || this == TYPES || this == ALL;
    }

    boolean renamesMembers() {
      return this == RENAME || this == MEMBERS || this == ALL;
    }
  }

  static Options of(String[] words) {
    Phase phase = Phase.ALL;
    boolean writes = true;
    boolean verifies = true;
    boolean widens = false;
    List<Path> types = new ArrayList<>();
    List<Path> members = new ArrayList<>();
    List<Path> packages = new ArrayList<>();
    List<String> left = new ArrayList<>();
    Path classPath = null;
    Path report = Path.of(".hikae/recut/report.txt");
    for (int i = 0; i < words.length; i++) {
      switch (words[i]) {
        case "--phase" -> phase = Phase.valueOf(next(words, ++i).toUpperCase());
        case "--members" -> members.add(Path.of(next(words, ++i)));
        case "--packages" -> packages.add(Path.of(next(words, ++i)));
        case "--widen" -> widens = true;
        case "--leave" -> left.add(next(words, ++i));
        case "--class-path" -> classPath = Path.of(next(words, ++i));
        case "--report" -> report = Path.of(next(words, ++i));
        case "--check" -> writes = false;
        case "--unverified" -> verifies = false;
        default -> {
          if (words[i].startsWith("-")) {
            throw new Failure(USAGE);
          }
          types.add(Path.of(words[i]));
        }
      }
    }
    if (types.isEmpty() && members.isEmpty() && packages.isEmpty()) {
      throw new Failure(USAGE);
    }
    return new Options(
        phase, writes, verifies, widens, types, members, packages, left, classPath, report);
  }

  private static String next(String[] words, int i) {
    if (i >= words.length) {
      throw new Failure(USAGE);
    }
    return words[i];
  }
}
