import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the classes of tests that have not passed yet with what is there now. A class depends on
 * the classes that it uses, on those that these use, and so on, and on its {@link TestInputs}.
 */
final class TestSelection {

  /** As surefire finds them. */
  private static final Pattern SUITE =
      Pattern.compile(".*/(Test\\w*|\\w*Test|\\w*Tests|\\w*TestCase)");

  private static final Pattern TIME = Pattern.compile("<testsuite [^>]* time=\"([0-9.]+)\"");
  private static final int FAR = 1000;
  private static final long UNKNOWN_MILLIS = 1000;

  private final SourceTree tree;
  private final Set<String> changed;
  private final TsvTable passed;
  private final TestInputs inputs;
  private final Map<String, ClassInfo> classes = new TreeMap<>();
  private final List<Suite> suites = new ArrayList<>();

  /**
   * @param changed files, to tell how near a change is
   * @param passed the fingerprint and the time of each suite that passed
   */
  TestSelection(
      Reactor reactor, SourceTree tree, ClassIndex index, Set<String> changed, TsvTable passed)
      throws IOException {
    this.tree = tree;
    this.changed = changed;
    this.passed = passed;
    this.inputs = new TestInputs(tree);
    index.all().forEach(one -> classes.put(one.name(), one));
    for (SourceSet sourceSet : reactor.sourceSets()) {
      for (ClassInfo one : index.classes(sourceSet)) {
        if (sourceSet.isTest() && !one.isAbstract() && SUITE.matcher(one.name()).matches()) {
          suites.add(suite(sourceSet, one));
        }
      }
    }
  }

  List<Suite> all() {
    return suites;
  }

  /** Those that have to run: what failed, then the nearest, and of these the quickest. */
  List<Suite> due() {
    return suites.stream()
        .filter(one -> !passed.get(one.name(), 0).equals(one.fingerprint()))
        .sorted(
            Comparator.comparing((Suite one) -> !passed.get(one.name(), 0).equals("failed"))
                .thenComparing(Suite::distance)
                .thenComparing(Suite::millis))
        .toList();
  }

  private Suite suite(SourceSet sourceSet, ClassInfo tests) throws IOException {
    String name = tests.name().replace('/', '.');
    int nearest = FAR;
    StringBuilder known = new StringBuilder();
    Map<String, Integer> distances = distances(tests);
    for (ClassInfo one : classes.values()) {
      Integer distance = distances.get(one.name());
      if (distance != null) {
        known.append(one.name()).append(one.content());
        nearest = Math.min(nearest, changed.contains(one.source()) ? distance : FAR);
      }
    }
    for (Map.Entry<String, Boolean> input : inputs.of(sourceSet.module(), name).entrySet()) {
      known.append(input.getKey()).append(tree.digests().get(input.getKey()));
      if (changed.contains(input.getKey())) {
        nearest = Math.min(nearest, input.getValue() ? 0 : 2);
      }
    }
    return new Suite(
        sourceSet, name, Digest.of(known.toString()), nearest, millis(sourceSet, name));
  }

  /** All that a class uses, and how far away it is. */
  private Map<String, Integer> distances(ClassInfo tests) {
    Map<String, Integer> found = new HashMap<>(Map.of(tests.name(), 0));
    ArrayDeque<ClassInfo> waiting = new ArrayDeque<>(List.of(tests));
    while (!waiting.isEmpty()) {
      ClassInfo one = waiting.removeFirst();
      for (String name : one.uses()) {
        ClassInfo next = classes.get(name);
        if (next != null && found.putIfAbsent(name, found.get(one.name()) + 1) == null) {
          waiting.add(next);
        }
      }
    }
    return found;
  }

  /** How long it took here at best, or in a run of Maven. */
  private long millis(SourceSet sourceSet, String name) throws IOException {
    String known = passed.get(name, 1);
    if (!known.isEmpty()) {
      return Long.parseLong(known);
    }
    Path report = sourceSet.output().resolveSibling("surefire-reports/TEST-" + name + ".xml");
    if (Files.exists(report)) {
      Matcher time = TIME.matcher(Files.readString(report));
      if (time.find()) {
        return (long) (1000 * Double.parseDouble(time.group(1)));
      }
    }
    return UNKNOWN_MILLIS;
  }
}
