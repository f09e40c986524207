import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Tries the mutants of the classes that changed, until there is no time any more. */
final class ChangedClassesRun {

  /** Few, so that what the end cuts off is little. */
  private static final int FILES_AT_ONCE = 2;

  /** Nothing can be tried in less. */
  private static final int LEAST_SECONDS = 20;

  private record Batch(MutationGroup group, List<MutatedSource> sources) {}

  private final PitRunner pit;
  private final MutationResults results;
  private final Map<MutationGroup, List<MutatedSource>> changed = new LinkedHashMap<>();

  ChangedClassesRun(Path state) throws IOException {
    this.pit = new PitRunner(state);
    this.results = new MutationResults(state.resolve("results"));
    ChangedSources changes = new ChangedSources();
    MutationGroup.sources()
        .forEach((group, all) -> changed.put(group, all.stream().filter(changes::has).toList()));
  }

  /** The classes that changed and have not been tried here as they are. */
  List<MutatedSource> due() throws IOException {
    List<MutatedSource> due = new ArrayList<>();
    for (List<MutatedSource> sources : changed.values()) {
      for (MutatedSource source : sources) {
        if (!isKnown(source)) {
          due.add(source);
        }
      }
    }
    return due;
  }

  /** Something that survived is tried again: there may be a test for it now. */
  private boolean isKnown(MutatedSource source) throws IOException {
    Optional<List<Mutant>> known = results.of(source);
    return known.isPresent() && verdict(known.get(), Set.of()).unexplained().isEmpty();
  }

  /**
   * @param deadline when to end
   * @param order decides which come first, so that each has its time now and then
   */
  boolean run(Instant deadline, long order) throws IOException, InterruptedException {
    List<MutatedSource> left = new ArrayList<>();
    for (Batch batch : batches(order)) {
      left.addAll(tryThese(batch, deadline));
    }
    List<Mutant> mutants = new ArrayList<>();
    Set<String> tried =
        changed.values().stream()
            .flatMap(List::stream)
            .filter(source -> !left.contains(source))
            .map(MutatedSource::type)
            .collect(Collectors.toSet());
    for (List<MutatedSource> sources : changed.values()) {
      for (MutatedSource source : sources) {
        if (tried.contains(source.type())) {
          results.of(source).ifPresent(mutants::addAll);
        }
      }
    }
    MutationVerdict verdict = verdict(mutants, tried);
    verdict.complaints().forEach(MutantsMain::say);
    MutantsMain.say("Mutants of %d changed classes: %s".formatted(tried.size(), verdict.counts()));
    if (!left.isEmpty()) {
      MutantsMain.say(
          "No time for these: ./verify --mutants "
              + left.stream().map(MutatedSource::simpleName).collect(Collectors.joining(" ")));
    }
    return verdict.isGood();
  }

  private List<Batch> batches(long order) throws IOException {
    List<MutatedSource> due = due();
    List<Batch> batches = new ArrayList<>();
    changed.forEach(
        (group, sources) -> {
          List<MutatedSource> own = sources.stream().filter(due::contains).toList();
          for (int i = 0; i < own.size(); i += FILES_AT_ONCE) {
            batches.add(
                new Batch(group, own.subList(i, Math.min(i + FILES_AT_ONCE, own.size()))));
          }
        });
    Collections.shuffle(batches, new Random(order));
    return batches;
  }

  /** Returns those for which there was no time. */
  private List<MutatedSource> tryThese(Batch batch, Instant deadline)
      throws IOException, InterruptedException {
    boolean late = Instant.now().plusSeconds(LEAST_SECONDS).isAfter(deadline);
    Map<MutatedSource, String> digests = new HashMap<>();
    batch.sources().forEach(source -> digests.put(source, source.digest()));
    Map<MutatedSource, List<Mutant>> found =
        late ? Map.of() : pit.run(batch.group(), batch.sources(), deadline);
    for (Map.Entry<MutatedSource, List<Mutant>> each : found.entrySet()) {
      results.put(each.getKey(), digests.get(each.getKey()), each.getValue());
    }
    return batch.sources().stream().filter(source -> !found.containsKey(source)).toList();
  }

  private static MutationVerdict verdict(List<Mutant> mutants, Set<String> tried)
      throws IOException {
    return MutationVerdict.of(mutants, MutantsMain.explanations(), tried::contains);
  }
}
