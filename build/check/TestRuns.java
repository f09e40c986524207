import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/**
 * Runs classes of tests with the settings of surefire in the POMs, a few processes at a time, until
 * the time is over.
 */
final class TestRuns {

  private static final int PROCESSES = Math.min(4, Runtime.getRuntime().availableProcessors());

  /** What a process takes before its first test. */
  private static final long START_MILLIS = 1500;

  private static final String SUREFIRE = Pom.plugin("maven-surefire-plugin");

  /** What came out of one class; below 0 of its tests failed when there was no time to end it. */
  record Outcome(Suite suite, long millis, int failed, List<String> said) {}

  /** Classes for one process. */
  private record Batch(Module module, int number, List<Suite> suites) {

    long millis() {
      return START_MILLIS + suites.stream().mapToLong(Suite::millis).sum();
    }
  }

  /** A batch at work. */
  private record Running(Batch batch, Command command, Path results) {}

  private final Reactor reactor;
  private final Path state;
  private final long deadline;

  /**
   * @param deadline in milliseconds since 1970
   */
  TestRuns(Reactor reactor, Path state, long deadline) {
    this.reactor = reactor;
    this.state = state;
    this.deadline = deadline;
  }

  /** The rules that hold for everything, then as many others as all processes have time for. */
  List<Suite> fitting(List<Suite> due) {
    long left = PROCESSES * (deadline - System.currentTimeMillis() - START_MILLIS);
    List<Suite> chosen = new ArrayList<>(due.stream().filter(Suite::rule).toList());
    left -= chosen.stream().mapToLong(Suite::millis).sum();
    for (Suite one : due) {
      // Nobody can share a class among processes.
      if (!one.rule() && one.millis() <= left / PROCESSES) {
        chosen.add(one);
        left -= one.millis();
      }
    }
    return chosen;
  }

  /** Runs them and gives what came out of those that began in time. */
  List<Outcome> run(List<Suite> chosen) throws IOException, InterruptedException {
    long begun = System.currentTimeMillis();
    List<Batch> waiting = batches(chosen);
    List<Running> running = new ArrayList<>();
    List<Outcome> outcomes = new ArrayList<>();
    while (!waiting.isEmpty() || !running.isEmpty()) {
      if (System.currentTimeMillis() > deadline) {
        waiting.clear();
      }
      while (!waiting.isEmpty() && running.size() < PROCESSES) {
        running.add(start(waiting.removeFirst()));
      }
      TimeUnit.MILLISECONDS.sleep(50);
      // What is in the middle of a class gets a little more, then it counts as not run.
      boolean over = System.currentTimeMillis() > deadline + 2 * START_MILLIS;
      for (Running one : List.copyOf(running)) {
        if (over && one.command().runs()) {
          one.command().kill();
        }
        if (!one.command().runs()) {
          running.remove(one);
          outcomes.addAll(outcomes(one, over ? System.currentTimeMillis() - begun : 0));
        }
      }
    }
    return outcomes;
  }

  /** Each module in as many processes as its POM lets it have; the longest batch begins. */
  private List<Batch> batches(List<Suite> chosen) throws IOException {
    Map<String, List<Suite>> byModule = new TreeMap<>();
    chosen.forEach(s -> byModule.computeIfAbsent(s.module().name(), m -> new ArrayList<>()).add(s));
    List<Batch> all = new ArrayList<>();
    for (List<Suite> suites : byModule.values()) {
      Module module = suites.getFirst().module();
      int forks = Math.min(suites.size(), forks(module));
      for (int fork = 0; fork < forks; fork++) {
        List<Suite> own = new ArrayList<>();
        for (int i = fork; i < suites.size(); i += forks) {
          own.add(suites.get(i));
        }
        all.add(new Batch(module, fork + 1, own));
      }
    }
    all.sort(Comparator.comparingLong(Batch::millis).reversed());
    return all;
  }

  private int forks(Module module) throws IOException {
    return Pom.read(module.folder().resolve("pom.xml")).texts(SUREFIRE + "//forkCount").stream()
        .mapToInt(Integer::parseInt)
        .findFirst()
        .orElse(1);
  }

  private Running start(Batch batch) throws IOException {
    Module module = batch.module();
    String name = module.name().replace('/', '-') + "-" + batch.number();
    Path results = Files.createDirectories(state.resolve("tests")).resolve(name + ".tsv");
    Files.deleteIfExists(results);
    Map<String, String> known = new HashMap<>();
    known.put("argLine", "");
    known.put("hikae.root", reactor.root().toString());
    known.put("project.build.directory", module.folder().resolve("target").toString());
    known.put("surefire.forkNumber", String.valueOf(batch.number()));
    Pom root = Pom.read(reactor.root().resolve("pom.xml"));
    Pom own = Pom.read(module.folder().resolve("pom.xml"));
    List<String> words = new ArrayList<>(List.of(Gates.java()));
    List<String> options = new ArrayList<>(own.texts(SUREFIRE + "/configuration/argLine"));
    options.addAll(root.texts(SUREFIRE + "/configuration/argLine"));
    words.addAll(List.of(Pom.filled(options.getFirst(), known).strip().split(" +")));
    words.add("-Dhikae.scope=short");
    words.add("-Dbasedir=" + module.folder());
    for (Element one : own.elements(SUREFIRE + "//systemPropertyVariables/*")) {
      words.add("-D" + one.getTagName() + "=" + Pom.filled(one.getTextContent().strip(), known));
    }
    Map<String, String> environment = new HashMap<>();
    for (Element one : own.elements(SUREFIRE + "//environmentVariables/*")) {
      environment.put(one.getTagName(), Pom.filled(one.getTextContent().strip(), known));
    }
    words.addAll(
        List.of(
            "-cp",
            module.classPath(Module.Part.TEST).stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)),
            "org.hikae.testing.OneRun",
            results.toString(),
            String.valueOf(deadline)));
    batch.suites().forEach(suite -> words.add(suite.name()));
    Path log = state.resolve("tests").resolve(name + ".log");
    return new Running(batch, Command.start(module.folder(), log, environment, words), results);
  }

  /**
   * @param over 0, or for how long they all ran before the time was over
   */
  private static List<Outcome> outcomes(Running run, long over)
      throws IOException, InterruptedException {
    Map<String, Suite> suites = new HashMap<>();
    run.batch().suites().forEach(one -> suites.put(one.name(), one));
    List<Outcome> all = new ArrayList<>();
    List<String> said = new ArrayList<>();
    String begun = "";
    if (Files.exists(run.results())) {
      for (String line : Files.readAllLines(run.results())) {
        String[] fields = line.split("\t", -1);
        switch (fields[0]) {
          case "begin" -> begun = fields[1];
          case "end" -> {
            all.add(
                new Outcome(
                    suites.get(fields[1]),
                    Long.parseLong(fields[2]),
                    Integer.parseInt(fields[4]),
                    List.copyOf(said)));
            said.clear();
            begun = "";
          }
          default -> said.add(line);
        }
      }
    }
    int result = run.command().end();
    if (over > 0 && !begun.isEmpty()) {
      Suite unfinished = suites.get(begun);
      all.add(new Outcome(unfinished, Math.max(over, unfinished.millis()), -1, List.of()));
    } else if (result != 0 && over == 0) {
      Suite guilty = begun.isEmpty() ? run.batch().suites().getFirst() : suites.get(begun);
      said.add("failed\tthe process ended with " + result + "; see " + run.command().log() + "\t");
      all.add(new Outcome(guilty, guilty.millis(), 1, List.copyOf(said)));
    }
    return all;
  }
}
