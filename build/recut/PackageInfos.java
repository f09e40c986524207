import com.sun.tools.javac.tree.JCTree;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Descriptions of packages: made for a new one, gone with the last type of an old one. */
final class PackageInfos {

  private static final Pattern COMMENT = Pattern.compile("^\\s*/\\*\\*.*?\\*/\n", Pattern.DOTALL);
  private static final int WIDTH = 100;

  private final Plan plan;
  private final Map<String, String> texts;
  private final Report report;

  /** Module and package, with a space between. */
  private final Set<String> before = new TreeSet<>();

  /** The same in the end, to the place of a type; main comes before test. */
  private final Map<String, Place> after = new TreeMap<>();

  PackageInfos(Plan plan, Map<String, String> texts, Report report) {
    this.plan = plan;
    this.texts = texts;
    this.report = report;
  }

  /**
   * Changes what is to be written.
   *
   * @param files path to text of all sources in the end
   */
  void apply(List<Unit> units, Map<String, String> files) {
    look(units);
    lookForSplit();
    Set<String> described = new HashSet<>();
    for (Unit unit : units) {
      if (unit.isPackageInfo()) {
        describe(unit, files, described);
      }
    }
    after.forEach(
        (key, place) -> {
          String packageName = key.substring(key.indexOf(' ') + 1);
          boolean wanted = !before.contains(key) || texts.containsKey(packageName);
          if (wanted && !place.module().isEmpty() && described.add(key)) {
            String path = place.file(packageName, "package-info");
            String text = texts.getOrDefault(packageName, "");
            files.put(path, made(packageName, text));
            report.add(
                Report.Kind.PACKAGE,
                path + (text.isEmpty() ? " is new and says nothing yet" : " is new"));
          }
        });
  }

  /** A type that goes where its package is in another module was perhaps to go to that module. */
  private void lookForSplit() {
    Map<String, Set<String>> modules = new TreeMap<>();
    after
        .keySet()
        .forEach(
            key ->
                modules
                    .computeIfAbsent(key.substring(key.indexOf(' ') + 1), _ -> new TreeSet<>())
                    .add(key.substring(0, key.indexOf(' '))));
    modules.forEach(
        (name, all) -> {
          if (all.size() > 1 && all.stream().anyMatch(one -> !before.contains(one + " " + name))) {
            report.add(Report.Kind.PACKAGE, name + " would be in several modules: " + all);
          }
        });
  }

  private void look(List<Unit> units) {
    for (Unit unit : units) {
      for (JCTree part : unit.tree.defs) {
        if (part instanceof JCTree.JCClassDecl type) {
          String flat = type.sym.flatname.toString();
          Place place = plan.placeOf(flat);
          before.add(unit.place.module() + " " + Names.packageOf(flat));
          after.merge(
              place.module() + " " + Names.packageOf(plan.mapped(flat)),
              place,
              (one, other) -> one.set().equals("main") ? one : other);
        }
      }
    }
  }

  private void describe(Unit unit, Map<String, String> files, Set<String> described) {
    String packageName = plan.packageOf(unit);
    String key = unit.place.module() + " " + packageName;
    String oldKey = unit.place.module() + " " + unit.packageName();
    boolean isLeft = before.contains(oldKey) && !after.containsKey(oldKey);
    String text = files.remove(unit.newPath);
    unit.newPath = unit.place.file(packageName, "package-info");
    if (!after.containsKey(key) && before.contains(oldKey)
        || isLeft && files.containsKey(unit.newPath)) {
      unit.newPath = null;
      report.add(Report.Kind.PACKAGE, unit.path + " goes with the last type of its package");
      return;
    }
    String said = texts.get(packageName);
    files.put(
        unit.newPath,
        said == null || said.isEmpty()
            ? text
            : comment(said) + COMMENT.matcher(text).replaceFirst(""));
    described.add(key);
  }

  private static String made(String packageName, String text) {
    return (text.isEmpty() ? "" : comment(text))
        + "@NullMarked\npackage "
        + packageName
        + ";\n\nimport org.jspecify.annotations.NullMarked;\n";
  }

  static String comment(String text) {
    String one = "/** " + text + " */\n";
    if (one.length() <= WIDTH + 1) {
      return one;
    }
    StringBuilder all = new StringBuilder("/**\n");
    StringBuilder line = new StringBuilder(" *");
    Matcher word = Pattern.compile("\\S+").matcher(text);
    while (word.find()) {
      if (line.length() + 1 + word.group().length() > WIDTH) {
        all.append(line).append('\n');
        line = new StringBuilder(" *");
      }
      line.append(' ').append(word.group());
    }
    return all.append(line).append("\n */\n").toString();
  }
}
