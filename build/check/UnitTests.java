import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs classes of tests as surefire would, a few processes at a time, until the time is over. */
final class UnitTests {

  private static final int PROCESSES = Math.min(4, Runtime.getRuntime().availableProcessors());

  /** What a process takes before its first test. */
  private static final long START_MILLIS = 1500;

  /** What a class that is at work when the time is over still gets. */
  private static final long GRACE_MILLIS = 2000;

  private static final String SUREFIRE = Pom.plugin("maven-surefire-plugin");

  /**
   * What came out of a class.
   *
   * @param ended whether there was time for all of it
   */
  record Result(Suite suite, boolean ended, boolean passed, long millis, List<String> output) {}

  /** Classes for one process. */
  private record Batch(List<Suite> suites, int fork) {

    long millis() {
      return suites.stream().mapToLong(Suite::millis).sum();
    }
  }

  /** A process at work. */
  private record Running(Batch batch, ExternalCommand command, Path results) {}

  private final Reactor reactor;
  private final Path state;
  private final long deadline;

  /**
   * @param deadline in milliseconds since 1970
   */
  UnitTests(Reactor reactor, Path state, long deadline) {
    this.reactor = reactor;
    this.state = state;
    this.deadline = deadline;
  }

  /**
   * As many of them, from the first on, as all processes have time for; whatever it takes, those at
   * distance 0.
   */
  List<Suite> fitting(List<Suite> due) {
    List<Suite> chosen = new ArrayList<>();
    long left = deadline - System.currentTimeMillis() - START_MILLIS;
    for (Suite one : due) {
      long share = one.millis() / PROCESSES;
      if (one.millis() <= left || one.distance() == 0) {
        chosen.add(one);
        left -= share;
      }
    }
    return chosen;
  }

  /** Runs them, and gives what came out of those that began in time. */
  List<Result> run(List<Suite> chosen) throws IOException, InterruptedException {
    List<Batch> waiting = batches(chosen);
    List<Running> running = new ArrayList<>();
    List<Result> results = new ArrayList<>();
    while (!waiting.isEmpty() || !running.isEmpty()) {
      while (!waiting.isEmpty() && running.size() < PROCESSES) {
        running.add(start(waiting.removeFirst()));
      }
      TimeUnit.MILLISECONDS.sleep(50);
      boolean late = System.currentTimeMillis() > deadline + GRACE_MILLIS;
      for (Running one : List.copyOf(running)) {
        if (late) {
          // What it started, the script ends.
          one.command().process().destroyForcibly();
        }
        if (!one.command().process().isAlive()) {
          running.remove(one);
          results.addAll(results(one, late));
        }
      }
    }
    return results;
  }

  /**
   * Each module in as many processes as its POM lets it have; no long batch keeps a short one from
   * its turn.
   */
  private List<Batch> batches(List<Suite> chosen) throws IOException {
    Map<SourceSet, List<Suite>> bySourceSet = new LinkedHashMap<>();
    for (Suite one : chosen) {
      bySourceSet.computeIfAbsent(one.sourceSet(), s -> new ArrayList<>()).add(one);
    }
    List<Batch> all = new ArrayList<>();
    for (Map.Entry<SourceSet, List<Suite>> each : bySourceSet.entrySet()) {
      List<Suite> suites = each.getValue();
      List<String> given =
          new Pom(reactor.root(), each.getKey().module()).texts(SUREFIRE + "//forkCount");
      int forks = Math.min(suites.size(), given.isEmpty() ? 1 : Integer.parseInt(given.getFirst()));
      for (int fork = 0; fork < forks; fork++) {
        List<Suite> own = new ArrayList<>();
        for (int i = fork; i < suites.size(); i += forks) {
          own.add(suites.get(i));
        }
        all.add(new Batch(own, fork + 1));
      }
    }
    all.sort(Comparator.comparingLong(Batch::millis));
    return all;
  }

  private Running start(Batch batch) throws IOException {
    SourceSet tests = batch.suites().getFirst().sourceSet();
    Path folder = Files.createDirectories(state.resolve("tests"));
    String name = tests.module().replace('/', '-') + "-" + batch.fork();
    Path results = folder.resolve(name + ".results");
    Files.deleteIfExists(results);
    Pom pom = new Pom(reactor.root(), tests.module());
    pom.define("argLine", "");
    pom.define("java.io.tmpdir", System.getenv("HIKAE_TMP_BASE"));
    pom.define("hikae.tmp", System.getenv("HIKAE_TMP"));
    pom.define("hikae.root", reactor.root().toString());
    pom.define("surefire.forkNumber", String.valueOf(batch.fork()));
    List<String> words = new ArrayList<>(List.of(ExternalCommand.java()));
    words.addAll(List.of(pom.inherited(SUREFIRE + "/configuration/argLine").strip().split(" +")));
    words.add("-Dhikae.scope=short");
    pom.settings(SUREFIRE + "//systemPropertyVariables")
        .forEach((property, value) -> words.add("-D" + property + "=" + value));
    words.addAll(List.of("-cp", Reactor.joined(tests.classPath())));
    words.addAll(List.of("org.hikae.testing.TestRunner", results.toString(), "" + deadline));
    batch.suites().forEach(suite -> words.add(suite.name()));
    return new Running(
        batch,
        ExternalCommand.start(
            reactor.root().resolve(tests.module()),
            folder.resolve(name + ".log"),
            pom.settings(SUREFIRE + "//environmentVariables"),
            words),
        results);
  }

  /** Reads what TestRunner wrote: begin and end of each class, and between them what failed. */
  private List<Result> results(Running run, boolean late) throws IOException {
    List<Result> all = new ArrayList<>();
    List<String> output = new ArrayList<>();
    boolean written = Files.exists(run.results());
    long begun = written ? 0 : System.currentTimeMillis();
    for (String line : written ? Files.readAllLines(run.results()) : List.<String>of()) {
      String[] fields = line.split("\t");
      switch (fields[0]) {
        case "begin" -> begun = Long.parseLong(fields[1]);
        case "end" -> {
          Suite suite = run.batch().suites().get(all.size());
          long millis = Long.parseLong(fields[1]) - begun;
          all.add(new Result(suite, true, fields[2].equals("0"), millis, List.copyOf(output)));
          output.clear();
          begun = 0;
        }
        default -> output.add(line);
      }
    }
    if (begun > 0) {
      Suite suite = run.batch().suites().get(all.size());
      output.add("  It did not end; see " + reactor.root().relativize(run.command().log()));
      long millis = Math.max(suite.millis(), System.currentTimeMillis() - begun);
      all.add(new Result(suite, !late, false, millis, output));
    }
    return all;
  }
}
