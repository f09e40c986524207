import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The program behind {@code ./check}, which says how it is used.
 *
 * <p>Its folder {@code .hikae/check} has what one run tells the next: {@code classes.tsv} saves
 * reading class files again; {@code compiled.tsv} has the sources and resources that {@code target}
 * was made of; {@code good.tsv} the files that passed the gates; {@code passed.tsv} each class of
 * tests that passed, with the fingerprint of all that it depends on.
 */
final class CheckMain {

  private final Path state;
  private final Setup setup;
  private final SourceTree tree;
  private final boolean built;
  private final Reactor reactor;
  private final TsvTable compiled;
  private final TsvTable good;
  private final TsvTable passed;

  private CheckMain(Path root) throws IOException, InterruptedException {
    state = root.resolve(".hikae/check");
    setup = new Setup(root, state);
    tree = SourceTree.read(root);
    compiled = new TsvTable(state.resolve("compiled.tsv"));
    good = new TsvTable(state.resolve("good.tsv"));
    passed = new TsvTable(state.resolve("passed.tsv"));
    built = setup.run(tree);
    if (built) {
      compiled.replaceBy(tree.digests());
      compiled.save();
      saveGood();
    }
    reactor = new Reactor(root);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    boolean good = false;
    try {
      CheckMain check = new CheckMain(Path.of("").toAbsolutePath());
      good = arguments.length == 0 ? check.changes() : check.systemTest(arguments[1]);
    } catch (CheckFailure e) {
      Console.line(e.getMessage());
    }
    Console.step(good ? "check passed" : "check failed");
    System.exit(good ? 0 : 1);
  }

  private boolean systemTest(String what) throws IOException, InterruptedException {
    return new SystemTest(reactor, tree, compile(), state).run(what, setup);
  }

  /** Formats, compiler, gates and the tests that a change reaches. */
  private boolean changes() throws IOException, InterruptedException {
    long begin = built ? System.currentTimeMillis() : Console.began();
    long seconds = Long.parseLong(System.getenv().getOrDefault("HIKAE_CHECK_SECONDS", "55"));
    Set<String> changed = new TreeSet<>(tree.digests().keySet());
    changed.removeIf(file -> good.get(file, 0).equals(tree.digests().get(file)));
    QualityGates gates = new QualityGates(reactor, state);
    gates.checkSources(changed);
    boolean testsPass;
    try {
      ClassIndex index = compile();
      gates.checkClasses(changed, setup.forbiddenApis());
      TestSelection selection = new TestSelection(reactor, tree, index, changed, passed);
      testsPass = tests(selection, begin + 1000 * seconds);
    } catch (CheckFailure e) {
      Console.line(e.getMessage());
      testsPass = false;
    }
    if (!gates.pass()) {
      Console.line("Formats, sizes or forbidden calls: see above. mvn spotless:apply formats.");
      return false;
    }
    if (testsPass) {
      saveGood();
    }
    return testsPass;
  }

  private ClassIndex compile() throws IOException {
    TsvTable classes = new TsvTable(state.resolve("classes.tsv"));
    ClassIndex index = new ClassIndex(reactor, classes);
    try {
      Resources.copy(reactor, tree, compiled);
      Javac javac = new Javac(reactor, setup.compilerPlugins());
      Path fresh = state.resolve("classes");
      int count = new IncrementalCompiler(reactor, tree, index, javac, compiled, fresh).run();
      Console.step("Compiled " + count + " files");
    } finally {
      compiled.save();
      classes.save();
    }
    return index;
  }

  /** Runs what has to run and fits, and tells the rest; false when something failed. */
  private boolean tests(TestSelection selection, long deadline)
      throws IOException, InterruptedException {
    if (passed.rows().isEmpty()) {
      selection.all().forEach(one -> passed.put(one.name(), one.fingerprint(), ""));
      passed.save();
      Console.line("From now on, ./check runs the tests of what changes. ./verify runs all.");
      return true;
    }
    List<Suite> due = selection.due();
    UnitTests runs = new UnitTests(reactor, state, deadline);
    List<Suite> chosen = runs.fitting(due);
    Console.step("%d test classes to run, time for %d".formatted(due.size(), chosen.size()));
    boolean pass = true;
    Set<String> left =
        due.stream().map(Suite::name).collect(Collectors.toCollection(LinkedHashSet::new));
    for (UnitTests.Result one : runs.run(chosen)) {
      String name = one.suite().name();
      String known = passed.get(name, 1);
      if (!one.ended()) {
        // So long at least.
        passed.put(name, passed.get(name, 0), one.millis());
        continue;
      }
      left.remove(name);
      // The best time is that of a machine which does nothing else.
      long best = known.isEmpty() ? one.millis() : Math.min(Long.parseLong(known), one.millis());
      passed.put(name, one.passed() ? one.suite().fingerprint() : "failed", best);
      if (!one.passed()) {
        pass = false;
        Console.line("failed: " + one.suite().sourceSet().module() + " " + name);
        one.output().forEach(Console::line);
      }
    }
    passed.save();
    if (!left.isEmpty()) {
      String first =
          left.stream().limit(5).map(CheckMain::simpleName).collect(Collectors.joining(", "));
      Console.line(
          "No time for "
              + first
              + (left.size() > 5 ? " and " + (left.size() - 5) + " more" : "")
              + ": the next ./check goes on with them; ./verify runs all.");
    }
    return pass;
  }

  private static String simpleName(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private void saveGood() throws IOException {
    good.replaceBy(tree.digests());
    good.save();
  }
}
