import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The program behind {@code ./check}, which says how it is used.
 *
 * <p>Its folder {@code .hikae/check} holds what one run tells the next: {@code files.tsv} and
 * {@code classes.tsv} save reading again; {@code compiled.tsv} has the sources that {@code target}
 * was made of; {@code green.tsv} what had passed the gates; {@code passed.tsv} each class of tests
 * that passed, with the fingerprint of all that it depends on.
 */
final class Check {

  private final Path root;
  private final Path state;
  private final Table files;
  private final Table classes;
  private final Table compiled;
  private final Table green;
  private final Table passed;
  private Tree tree;
  private Reactor reactor;
  private ClassIndex index;

  private Check(Path root) throws IOException {
    this.root = root;
    this.state = root.resolve(".hikae/check");
    this.files = new Table(state.resolve("files.tsv"));
    this.classes = new Table(state.resolve("classes.tsv"));
    this.compiled = new Table(state.resolve("compiled.tsv"));
    this.green = new Table(state.resolve("green.tsv"));
    this.passed = new Table(state.resolve("passed.tsv"));
  }

  public static void main(String[] arguments) throws InterruptedException {
    int code;
    try {
      Check check = new Check(Path.of("").toAbsolutePath());
      code =
          switch (arguments.length == 0 ? "" : arguments[0]) {
            case "" -> check.changes();
            case "--it" -> check.systemTest(arguments[1]);
            case "--stop" -> check.stop();
            default -> throw new Failure(Failure.UNTRIED, "unknown: " + arguments[0]);
          };
    } catch (Failure e) {
      Say.line(e.getMessage());
      code = e.code();
    } catch (IOException e) {
      Say.line("check: " + e);
      code = Failure.UNTRIED;
    }
    String[] words = {"passed", "failed", "could not be tried"};
    Say.line("check %s after %.0f s".formatted(words[code], Say.seconds()));
    System.exit(code);
  }

  /** Formats, compiler, gates and the tests that a change reaches. */
  private int changes() throws IOException, InterruptedException {
    long deadline = System.currentTimeMillis() - (long) (1000 * Say.seconds()) + 1000 * budget();
    tree = Tree.read(root, files);
    files.save();
    boolean first = green.rows().isEmpty();
    Setup setup = new Setup(root, state);
    if (first && Files.exists(root.resolve("protocol/target/classes"))) {
      takeAsGreen();
    }
    boolean built = setup.prepare(tree);
    if (built) {
      // That took minutes already.
      deadline = System.currentTimeMillis() + 1000 * budget();
    }
    reactor = Reactor.read(root);
    Gates gates = new Gates(reactor, setup, state);
    Set<String> changed = changedFiles();
    if (!built) {
      gates.startSources(changed);
    }
    compile(setup, built);
    if (green.rows().isEmpty()) {
      takeAsGreen();
      Say.line(
          "Nothing to compare with yet: the next ./check runs the tests of what changes from now"
              + " on; ./verify runs all.");
      return 0;
    }
    gates.startClasses(built ? Map.of() : changedClasses());
    boolean good = tests(deadline);
    if (!gates.end()) {
      Say.line(
          "Formats, sizes or forbidden calls: see above. mvn -o -q spotless:apply -pl MODULE"
              + " formats a module.");
      return 1;
    }
    takeFilesAsGreen();
    return good ? 0 : 1;
  }

  private int systemTest(String what) throws IOException, InterruptedException {
    tree = Tree.read(root, files);
    files.save();
    Setup setup = new Setup(root, state);
    boolean built = setup.prepare(tree);
    reactor = Reactor.read(root);
    compile(setup, built);
    String scope = System.getenv().getOrDefault("HIKAE_CHECK_SCOPE", "short");
    return new SystemTest(reactor, tree, index, state).run(what, scope) ? 0 : 1;
  }

  private int stop() throws IOException, InterruptedException {
    boolean ended = new Kept(Reactor.read(root), state).stop();
    Say.line(ended ? "The system has ended." : "No system is up.");
    return 0;
  }

  private static long budget() {
    String given = System.getenv("HIKAE_CHECK_SECONDS");
    try {
      return given == null ? 55 : Long.parseLong(given);
    } catch (NumberFormatException e) {
      throw new Failure(Failure.UNTRIED, "HIKAE_CHECK_SECONDS is no number: " + given);
    }
  }

  private void compile(Setup setup, boolean built) throws IOException {
    index = new ClassIndex(reactor, classes);
    if (built) {
      Compiling.takeAll(tree, compiled);
      compiled.save();
    } else {
      Resources.copy(reactor, tree, compiled);
      Javac javac = new Javac(reactor, setup);
      int count = new Compiling(reactor, tree, index, javac, state, compiled).run();
      Say.step(count == 0 ? "Nothing to compile" : "Compiled " + count + " files");
    }
    classes.save();
  }

  /** What the gates have not passed yet. */
  private Set<String> changedFiles() {
    return tree.digests().entrySet().stream()
        .filter(file -> !green.get(file.getKey(), 0).equals(file.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Map<String, Set<String>> changedClasses() {
    Map<String, Set<String>> all = new TreeMap<>();
    for (Module module : reactor.modules()) {
      for (Module.Part part : Module.Part.values()) {
        Set<String> names =
            index.classes(module, part).stream()
                .filter(one -> !one.name().endsWith("/package-info"))
                .filter(one -> !green.get(one.name(), 0).equals(one.body()))
                .map(one -> one.name() + ".class")
                .collect(Collectors.toCollection(TreeSet::new));
        all.put(root.relativize(module.output(part)).toString(), names);
      }
    }
    return all;
  }

  /** Runs what has to run and fits, and tells the rest; false when something failed. */
  private boolean tests(long deadline) throws IOException, InterruptedException {
    Selection selection = selection();
    List<Suite> due = selection.due();
    TestRuns runs = new TestRuns(reactor, state, deadline);
    List<Suite> chosen = runs.fitting(due);
    if (!due.isEmpty()) {
      Say.step(
          "Tests: " + chosen.size() + " of the " + due.size() + " classes that the change reaches");
    }
    List<TestRuns.Outcome> outcomes = runs.run(chosen);
    boolean good = true;
    int ran = 0;
    for (TestRuns.Outcome one : outcomes) {
      String name = one.suite().name();
      if (one.failed() < 0) {
        passed.put(name, passed.get(name, 0), one.millis());
        continue;
      }
      ran++;
      boolean ok = one.failed() == 0;
      good &= ok;
      // The best time is that of a machine which does nothing else.
      long millis =
          passed.get(name, 1).isEmpty()
              ? one.millis()
              : Math.min(one.suite().millis(), one.millis());
      passed.put(name, ok ? one.suite().fingerprint() : "failed", millis);
      if (!ok) {
        Say.line("failed: " + one.suite().module().name() + " " + name);
        Say.failures(one.said());
      }
    }
    passed.save();
    String rest =
        ran == due.size()
            ? ""
            : "; no time for the others, the next ./check goes on with them, ./verify runs all";
    Say.step("%d of %d test classes run%s".formatted(ran, due.size(), rest));
    return good;
  }

  private Selection selection() throws IOException {
    Readers readers = new Readers(root.resolve("build/check/readers.txt"), tree.digests().keySet());
    return new Selection(reactor, tree, index, readers, green, passed);
  }

  /** The first time: what is built is what a change is seen against. */
  private void takeAsGreen() throws IOException {
    if (reactor == null) {
      reactor = Reactor.read(root);
      index = new ClassIndex(reactor, classes);
    }
    takeFilesAsGreen();
    for (Suite one : selection().all()) {
      passed.put(one.name(), one.fingerprint(), one.millis());
    }
    passed.save();
  }

  private void takeFilesAsGreen() throws IOException {
    green.rows().clear();
    tree.digests().forEach(green::put);
    Selection.byName(index).forEach((name, facts) -> green.put(name, Selection.body(facts)));
    green.save();
  }
}
