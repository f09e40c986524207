import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which classes of tests have not passed yet with what is there now. A class depends on all classes
 * that it knows, those that these know, and so on, and on the files that {@link Readers} tells.
 */
final class Selection {

  /** As surefire finds them. */
  private static final Pattern SUITE =
      Pattern.compile(".*/(Test\\w*|\\w*Test|\\w*Tests|\\w*TestCase)");

  private static final int FAR = 1000;
  private static final long UNKNOWN_MILLIS = 1000;

  private final Tree tree;
  private final Readers readers;
  private final Table green;
  private final Table passed;
  private final Map<String, Known> classes = new TreeMap<>();
  private final Set<String> shipped = new HashSet<>();
  private final List<Suite> candidates = new ArrayList<>();

  /** A class, what it knows, and whether it changed. */
  private record Known(String name, String body, boolean changed, List<Known> knows) {}

  /**
   * @param green what was there when the gates passed the last time, to tell how near a change is
   * @param passed the fingerprint and the time of each suite that passed
   */
  Selection(
      Reactor reactor, Tree tree, ClassIndex index, Readers readers, Table green, Table passed)
      throws IOException {
    this.tree = tree;
    this.readers = readers;
    this.green = green;
    this.passed = passed;
    read(index);
    for (Module module : reactor.modules()) {
      index.classes(module, Module.Part.MAIN).forEach(one -> shipped.add(one.name()));
    }
    for (Module module : reactor.modules()) {
      for (ClassFacts one : index.classes(module, Module.Part.TEST)) {
        if (one.suite() && SUITE.matcher("/" + one.name()).matches()) {
          candidates.add(suite(module, one.name()));
        }
      }
    }
  }

  private void read(ClassIndex index) {
    Map<String, List<ClassFacts>> all = byName(index);
    all.forEach(
        (name, facts) -> {
          String body = body(facts);
          boolean changed = !green.get(name, 0).equals(body);
          classes.put(name, new Known(name, body, changed, new ArrayList<>()));
        });
    all.forEach(
        (name, facts) ->
            facts.stream()
                .flatMap(one -> one.knows().stream())
                .filter(classes::containsKey)
                .forEach(known -> classes.get(name).knows().add(classes.get(known))));
  }

  /** Classes of one name, package-info, may be in two modules. */
  static Map<String, List<ClassFacts>> byName(ClassIndex index) {
    Map<String, List<ClassFacts>> all = new TreeMap<>();
    index
        .everything()
        .forEach(one -> all.computeIfAbsent(one.name(), n -> new ArrayList<>()).add(one));
    return all;
  }

  /** The digest of all classes of one name. */
  static String body(List<ClassFacts> all) {
    return all.size() == 1
        ? all.getFirst().body()
        : Digest.of(all.stream().map(ClassFacts::body).toList().toString());
  }

  /** All of them. */
  List<Suite> all() {
    return candidates;
  }

  /**
   * Those that have to run: what failed, then the nearest to a change, and of these the quickest.
   */
  List<Suite> due() {
    return candidates.stream()
        .filter(one -> !passed.get(one.name(), 0).equals(one.fingerprint()))
        .sorted(
            Comparator.comparing((Suite one) -> !passed.get(one.name(), 0).equals("failed"))
                .thenComparing(Suite::distance)
                .thenComparing(Suite::millis)
                .thenComparing(Suite::name))
        .toList();
  }

  private Suite suite(Module module, String name) throws IOException {
    String dotted = name.replace('/', '.');
    int nearest = FAR;
    StringBuilder all = new StringBuilder();
    Map<Known, Integer> reached = reached(classes.get(name));
    boolean rule = readers.readsAllClasses(module.name(), dotted);
    if (rule) {
      shipped.forEach(one -> reached.merge(classes.get(one), 0, Math::min));
    }
    for (Known one : classes.values()) {
      Integer distance = reached.get(one);
      if (distance != null) {
        all.append(one.name()).append(' ').append(one.body()).append('\n');
        nearest = one.changed() ? Math.min(nearest, distance) : nearest;
      }
    }
    var files = readers.filesOf(module.name(), dotted);
    for (Map.Entry<String, Boolean> file : files.entrySet()) {
      String digest = tree.digests().get(file.getKey());
      all.append(file.getKey()).append(' ').append(digest).append('\n');
      if (!green.get(file.getKey(), 0).equals(digest)) {
        nearest = Math.min(nearest, file.getValue() ? 0 : 2);
      }
    }
    return new Suite(
        module, dotted, Digest.of(all.toString()), nearest, rule, millis(module, dotted));
  }

  /** All that a class knows, and how far away it is. */
  private static Map<Known, Integer> reached(Known suite) {
    Map<Known, Integer> found = new IdentityHashMap<>();
    ArrayDeque<Known> waiting = new ArrayDeque<>(List.of(suite));
    found.put(suite, 0);
    while (!waiting.isEmpty()) {
      Known one = waiting.removeFirst();
      for (Known next : one.knows()) {
        if (found.putIfAbsent(next, found.get(one) + 1) == null) {
          waiting.add(next);
        }
      }
    }
    return found;
  }

  /** How long it took here at best, or in a run of Maven. */
  private long millis(Module module, String name) throws IOException {
    String known = passed.get(name, 1);
    if (!known.isEmpty()) {
      return Long.parseLong(known);
    }
    Path report = module.folder().resolve("target/surefire-reports/TEST-" + name + ".xml");
    if (Files.exists(report)) {
      Matcher time =
          Pattern.compile("<testsuite [^>]* time=\"([0-9.]+)\"").matcher(Files.readString(report));
      if (time.find()) {
        return (long) (1000 * Double.parseDouble(time.group(1)));
      }
    }
    return UNKNOWN_MILLIS;
  }
}
