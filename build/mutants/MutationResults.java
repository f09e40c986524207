import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What became of the mutants of each file: a file for each, so that an interrupted run goes on. */
final class MutationResults {

  private final Path folder;

  MutationResults(Path folder) {
    this.folder = folder;
  }

  /** Its mutants, unless they were tried of another text of it, or never. */
  Optional<List<Mutant>> of(MutatedSource source) throws IOException {
    Path file = file(source);
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of("");
    return lines.getFirst().equals(source.digest())
        ? Optional.of(lines.stream().skip(1).map(Mutant::parse).toList())
        : Optional.empty();
  }

  void put(MutatedSource source, String digest, List<Mutant> mutants) throws IOException {
    List<String> lines = new ArrayList<>(List.of(digest));
    mutants.forEach(mutant -> lines.add(mutant.row()));
    Files.createDirectories(folder);
    Path fresh = folder.resolve("new");
    Files.write(fresh, lines);
    Files.move(fresh, file(source), StandardCopyOption.REPLACE_EXISTING);
  }

  /** So that the next run begins anew. */
  void clear() throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private Path file(MutatedSource source) {
    return folder.resolve(source.type() + ".tsv");
  }
}
