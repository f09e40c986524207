import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Mutation tests: changes classes at one place at a time, and says which changes no test notices.
 *
 * <ul>
 *   <li>{@code all STATE [NAME ...]}: all of them, or groups and classes by name; goes on where it
 *       was interrupted
 *   <li>{@code due STATE}: names the classes that changed since they were tried
 *   <li>{@code changed STATE SECONDS ORDER}: tries those, as many as there is time for
 *   <li>{@code judge FILE LIST}: tries nothing and judges what became of the mutants in a file
 * </ul>
 *
 * <p>Run in the root. Ends with 1 when a mutant is neither noticed nor explained in {@code
 * explained.tsv}, or when a line there explains nothing.
 */
final class MutantsMain {

  static final Path OWN = Path.of("build/mutants");

  private static final Instant BEGAN = Instant.now();

  private MutantsMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.exit(code(List.of(arguments)));
  }

  private static int code(List<String> arguments) throws IOException, InterruptedException {
    try {
      Path first = Path.of(arguments.get(1));
      List<String> more = arguments.subList(2, arguments.size());
      boolean good =
          switch (arguments.getFirst()) {
            case "all" -> new FullMutationRun(first, more).run();
            case "due" -> due(first);
            case "changed" ->
                new ChangedClassesRun(first)
                    .run(
                        BEGAN.plusSeconds(Long.parseLong(more.getFirst())),
                        Long.parseLong(more.get(1)));
            case "judge" -> judge(first, Path.of(more.getFirst()));
            default -> throw new MutationFailure("Not known: " + arguments.getFirst());
          };
      return good ? 0 : 1;
    } catch (MutationFailure e) {
      say(e.getMessage());
      return 2;
    }
  }

  private static boolean due(Path state) throws IOException {
    new ChangedClassesRun(state).due().forEach(source -> say(source.type()));
    return true;
  }

  private static boolean judge(Path file, Path list) throws IOException {
    List<Mutant> mutants = Files.readAllLines(file).stream().map(Mutant::parse).toList();
    MutationVerdict verdict = MutationVerdict.of(mutants, new ExplainedMutants(list), type -> true);
    verdict.complaints().forEach(MutantsMain::say);
    say(verdict.counts());
    return verdict.isGood();
  }

  static ExplainedMutants explanations() throws IOException {
    return new ExplainedMutants(OWN.resolve("explained.tsv"));
  }

  static void say(String line) {
    System.out.println(line);
  }

  static long seconds() {
    return Duration.between(BEGAN, Instant.now()).toSeconds();
  }
}
