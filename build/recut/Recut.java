import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.tree.JCTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Renames and moves types across the whole repository, as the compiler understands them. */
final class Recut {

  private final Options options;
  private final Repository repository;
  private final Report report = new Report();
  private Tables tables;
  private final Map<String, String> pool = Fingerprints.pool();

  /** Of each source as it will be, what its names have to mean. */
  private final Map<String, List<String>> wanted = new TreeMap<>();

  private Recut(Options options, Repository repository) {
    this.options = options;
    this.repository = repository;
  }

  public static void main(String[] words) throws IOException, InterruptedException {
    try {
      Repository repository = new Repository(Path.of("").toAbsolutePath());
      boolean sound;
      if (words.length > 2 && words[0].equals("patches")) {
        Options options = Options.of(Arrays.copyOfRange(words, 2, words.length));
        sound = new Patches(repository, Tables.read(options), words[1]).run();
      } else {
        sound = new Recut(Options.of(words), repository).run();
      }
      System.exit(sound ? 0 : 1);
    } catch (Failure e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private boolean run() throws IOException, InterruptedException {
    tables = Tables.read(options);
    Map<String, String> sources = repository.javaSources();
    String classPath = Libraries.classPath(repository.root(), options.classPath());
    Map<String, byte[]> files = new TreeMap<>();
    Set<String> gone = new TreeSet<>();
    Map<String, String> after = plan(sources, classPath, files, gone);
    report.write(options.report());
    if (options.verifies()) {
      verify(after, classPath);
    }
    report.write(options.report());
    System.out.print(report.summary());
    boolean sound = report.count(Report.Kind.BROKEN) == 0;
    if (options.writes() && sound) {
      repository.write(files, gone);
      System.out.println(
          files.size() + " files written, " + gone.size() + " paths gone; see " + options.report());
    } else {
      System.out.println("Nothing written; see " + options.report());
    }
    return sound;
  }

  /** Returns all sources as they will be, and fills in what is to be written. */
  private Map<String, String> plan(
      Map<String, String> sources, String classPath, Map<String, byte[]> files, Set<String> gone)
      throws IOException {
    Attribution all = attribute(sources, classPath);
    if (!all.errors.isEmpty()) {
      all.errors.stream().limit(20).forEach(System.err::println);
      throw new Failure(all.errors.size() + " errors: the sources must compile before.");
    }
    Map<String, ClassSymbol> classes = new TreeMap<>();
    all.units.forEach(unit -> Collector.collect(unit, all, classes));
    Plan plan = new Plan(classes, all.units);
    Scopes scopes = new Scopes(all.types, classes);
    all.units.forEach(unit -> DocCollector.collect(unit, all, scopes, plan));
    new Planner(tables, options.phase(), plan, all.types, report).make();
    if (options.phase().renamesMembers()) {
      new Variables(plan, report).follow(all.units);
    }
    Proposals.find(all.units, plan, report);
    new Access(plan, all.types, report, options.widens()).check(all.units);
    new Dependencies(repository.root()).check(all.units, plan, report);
    Set<String> schemas =
        Published.schemas(Files.readString(repository.root().resolve("docs/openapi.yaml")));
    Published.check(plan, all.units, schemas, report);
    Map<String, String> resources = options.phase().movesTypes() ? resources() : Map.of();
    Words words = new Words(plan, resources);
    Beans beans = new Beans(plan);
    Set<String> entities = Published.entities(plan);
    JavaText text = new JavaText(plan, words, scopes, beans, entities, schemas, report);
    for (Unit unit : all.units) {
      Rewriter.rewrite(unit, plan, scopes, report);
      text.edit(unit);
    }
    Map<String, String> after = placed(all.units, plan);
    new PackageInfos(plan, tables.packages(), report).apply(all.units, after);
    Map<String, String> others =
        new OtherText(repository, plan, words, beans, schemas, report).edited(options.left());
    collect(sources, after, others, resources, files, gone);
    Fingerprints prints = new Fingerprints(all.types, plan, pool);
    for (Unit unit : all.units) {
      if (unit.newPath != null) {
        wanted.put(unit.newPath, prints.of(unit));
      }
    }
    return after;
  }

  private static Attribution attribute(Map<String, String> sources, String classPath)
      throws IOException {
    long start = System.nanoTime();
    Attribution all = Attribution.of(sources, classPath);
    System.out.printf(
        "%d sources compiled in %d s%n",
        all.units.size(), (System.nanoTime() - start) / 1_000_000_000);
    return all;
  }

  /** Where each source comes to lie, with its text. */
  private Map<String, String> placed(List<Unit> units, Plan plan) {
    Map<String, String> after = new TreeMap<>();
    for (Unit unit : units) {
      for (JCTree part : unit.tree.defs) {
        if (part instanceof JCTree.JCClassDecl type
            && unit.path.endsWith("/" + type.sym.name + ".java")) {
          String flat = type.sym.flatname.toString();
          String mapped = plan.mapped(flat);
          unit.newPath = plan.placeOf(flat).file(Names.packageOf(mapped), Names.simple(mapped));
        }
      }
      if (!unit.newPath.equals(unit.path)) {
        report.add(Report.Kind.MOVED, unit.path + " -> " + unit.newPath);
      }
      String other = after.put(unit.newPath, unit.edits.apply(unit.text));
      if (other != null) {
        report.add(Report.Kind.BROKEN, "two sources at " + unit.newPath);
      }
    }
    return after;
  }

  private Map<String, String> resources() {
    Map<String, String> all = new HashMap<>();
    for (Tables.FileRow row : tables.files()) {
      boolean found = false;
      for (String path : repository.others()) {
        if (path.equals(row.from()) || row.from().endsWith("/") && path.startsWith(row.from())) {
          all.put(path, row.to() + path.substring(row.from().length()));
          report.add(Report.Kind.MOVED, path + " -> " + all.get(path));
          found = true;
        }
      }
      if (!found) {
        report.add(Report.Kind.BROKEN, "there is no file " + row.from());
      }
    }
    return all;
  }

  private void collect(
      Map<String, String> sources,
      Map<String, String> after,
      Map<String, String> others,
      Map<String, String> resources,
      Map<String, byte[]> files,
      Set<String> gone)
      throws IOException {
    after.forEach(
        (path, text) -> {
          if (!text.equals(sources.get(path))) {
            files.put(path, text.getBytes(StandardCharsets.UTF_8));
          }
        });
    sources.keySet().stream().filter(path -> !after.containsKey(path)).forEach(gone::add);
    others.forEach((path, text) -> files.put(path, text.getBytes(StandardCharsets.UTF_8)));
    for (Map.Entry<String, String> one : resources.entrySet()) {
      byte[] edited = files.remove(one.getKey());
      files.put(
          one.getValue(),
          edited != null ? edited : Files.readAllBytes(repository.root().resolve(one.getKey())));
      gone.add(one.getKey());
    }
    gone.removeAll(files.keySet());
  }

  /** Compiles the result, and compares what each name means with what it meant. */
  private void verify(Map<String, String> after, String classPath) throws IOException {
    Attribution all = attribute(after, classPath);
    all.errors.forEach(error -> report.add(Report.Kind.BROKEN, "javac: " + error));
    Map<String, ClassSymbol> classes = new TreeMap<>();
    all.units.forEach(unit -> Collector.collect(unit, all, classes));
    Plan plan = new Plan(classes, all.units);
    Scopes scopes = new Scopes(all.types, classes);
    all.units.forEach(unit -> DocCollector.collect(unit, all, scopes, plan));
    Fingerprints prints = new Fingerprints(all.types, null, pool);
    for (Unit unit : all.units) {
      List<String> before = wanted.get(unit.path);
      if (before != null) {
        compare(unit, before, prints.of(unit));
      }
    }
  }

  private void compare(Unit unit, List<String> before, List<String> now) {
    List<String> lost = new ArrayList<>(before);
    List<String> found = new ArrayList<>(now);
    if (!lost.equals(found)) {
      int i = 0;
      while (i < lost.size() && i < found.size() && lost.get(i).equals(found.get(i))) {
        i++;
      }
      report.add(
          Report.Kind.BROKEN,
          unit.path
              + ": name "
              + i
              + " meant "
              + (i < lost.size() ? lost.get(i) : "nothing")
              + " and would mean "
              + (i < found.size() ? found.get(i) : "nothing"));
    }
  }
}
