import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Tries the mutants of all classes, for hours, and remembers those that it is through with. */
final class FullMutationRun {

  /** The tests run once for these together; an interrupted run has to repeat no more than that. */
  private static final int FILES_AT_ONCE = 4;

  /** Longer than these take. */
  private static final Duration ENDLESS = Duration.ofDays(30);

  private final Path state;
  private final Set<String> names;
  private final PitRunner pit;
  private final MutationResults results;
  private final Map<MutationGroup, List<MutatedSource>> all;

  /**
   * @param names of groups and classes; nothing for all
   */
  FullMutationRun(Path state, List<String> names) throws IOException {
    this.state = state;
    this.names = Set.copyOf(names);
    this.pit = new PitRunner(state);
    this.results = new MutationResults(state.resolve("results"));
    this.all = MutationGroup.sources();
  }

  boolean run() throws IOException, InterruptedException {
    Map<MutationGroup, List<MutatedSource>> chosen = chosen();
    for (Map.Entry<MutationGroup, List<MutatedSource>> each : chosen.entrySet()) {
      tryAll(each.getKey(), due(each.getValue()));
    }
    boolean good = tell(chosen);
    if (good && names.isEmpty()) {
      // The next run begins anew.
      results.clear();
    }
    return good;
  }

  private Map<MutationGroup, List<MutatedSource>> chosen() throws IOException {
    Map<MutationGroup, List<MutatedSource>> chosen = new LinkedHashMap<>();
    for (Map.Entry<MutationGroup, List<MutatedSource>> each : all.entrySet()) {
      boolean whole = names.isEmpty() || names.contains(each.getKey().name());
      List<MutatedSource> sources =
          each.getValue().stream()
              .filter(one -> whole || names.contains(one.simpleName()))
              .toList();
      if (!sources.isEmpty()) {
        chosen.put(each.getKey(), sources);
      }
    }
    if (chosen.isEmpty()) {
      throw new MutationFailure("No class and no line of packages.tsv has that name.");
    }
    return chosen;
  }

  /** Those that are not known yet, that somebody asked for, or of which something survived. */
  private List<MutatedSource> due(List<MutatedSource> sources) throws IOException {
    Set<String> surviving = surviving(verdict(sources, MutantsMain.explanations()));
    List<MutatedSource> due = new ArrayList<>();
    for (MutatedSource source : sources) {
      if (names.contains(source.simpleName())
          || surviving.contains(source.type())
          || results.of(source).isEmpty()) {
        due.add(source);
      }
    }
    return due;
  }

  private void tryAll(MutationGroup group, List<MutatedSource> due)
      throws IOException, InterruptedException {
    for (int i = 0; i < due.size(); i += FILES_AT_ONCE) {
      List<MutatedSource> some = due.subList(i, Math.min(i + FILES_AT_ONCE, due.size()));
      Map<MutatedSource, String> digests = new HashMap<>();
      some.forEach(source -> digests.put(source, source.digest()));
      for (Map.Entry<MutatedSource, List<Mutant>> each :
          pit.run(group, some, Instant.now().plus(ENDLESS)).entrySet()) {
        results.put(each.getKey(), digests.get(each.getKey()), each.getValue());
      }
      MutantsMain.say(
          "[%4d s] %s, %d of %d: %s"
              .formatted(
                  MutantsMain.seconds(),
                  group.name(),
                  i + some.size(),
                  due.size(),
                  some.stream().map(MutatedSource::simpleName).collect(Collectors.joining(", "))));
    }
  }

  /** Says what is wrong, writes it down so that it can be explained, and notes what is right. */
  private boolean tell(Map<MutationGroup, List<MutatedSource>> chosen) throws IOException {
    ExplainedMutants explanations = MutantsMain.explanations();
    ChangedSources changes = new ChangedSources();
    Set<String> known = new HashSet<>();
    List<String> unexplained = new ArrayList<>();
    int passed = 0;
    int failed = 0;
    for (Map.Entry<MutationGroup, List<MutatedSource>> each : chosen.entrySet()) {
      each.getValue().forEach(source -> known.add(source.type()));
      MutationVerdict verdict = verdict(each.getValue(), explanations);
      verdict.complaints().forEach(MutantsMain::say);
      verdict.unexplained().forEach(mutant -> unexplained.add(mutant.key()));
      MutantsMain.say("%s: %s".formatted(each.getKey().name(), verdict.counts()));
      note(each.getValue(), verdict, changes);
      passed += verdict.noticed() + verdict.explained();
      failed += verdict.faults();
    }
    if (names.isEmpty()) {
      List<String> foreign = explanations.unused(type -> !known.contains(type));
      foreign.forEach(line -> MutantsMain.say("is about no class: " + line));
      failed += foreign.size();
    }
    changes.save(types(all.values().stream().flatMap(List::stream).toList()));
    Path file = state.resolve("unexplained.tsv");
    Files.write(file, unexplained);
    if (!unexplained.isEmpty()) {
      MutantsMain.say("Lines for build/mutants/explained.tsv, each without its reason: " + file);
    }
    MutantsMain.say("%d passed, %d failed".formatted(passed, failed));
    return failed == 0;
  }

  /** Notes the files of which nothing is left to say. */
  private static void note(
      List<MutatedSource> sources, MutationVerdict verdict, ChangedSources changes) {
    Set<String> surviving = surviving(verdict);
    sources.stream().filter(source -> !surviving.contains(source.type())).forEach(changes::seen);
  }

  /** The outermost classes of which a mutant survives without an explanation. */
  private static Set<String> surviving(MutationVerdict verdict) {
    return verdict.unexplained().stream()
        .map(mutant -> MutatedSource.outermost(mutant.type()))
        .collect(Collectors.toSet());
  }

  private static Set<String> types(List<MutatedSource> sources) {
    return sources.stream().map(MutatedSource::type).collect(Collectors.toSet());
  }

  private MutationVerdict verdict(List<MutatedSource> sources, ExplainedMutants explanations)
      throws IOException {
    Set<String> types = types(sources);
    List<Mutant> mutants = new ArrayList<>();
    for (MutatedSource source : sources) {
      results.of(source).ifPresent(mutants::addAll);
    }
    return MutationVerdict.of(mutants, explanations, types::contains);
  }
}
