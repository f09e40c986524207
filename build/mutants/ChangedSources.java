import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What changed since its mutants were tried: {@code seen.tsv} has the digest of each file of which
 * every mutant was noticed or explained.
 */
final class ChangedSources {

  private static final Path FILE = MutantsMain.OWN.resolve("seen.tsv");

  /** In place of a digest: not tried yet, or something survives that nobody has explained. */
  private static final String OPEN = "-";

  private final List<String> comments = new ArrayList<>();
  private final Map<String, String> digests = new TreeMap<>();

  ChangedSources() throws IOException {
    for (String line : Files.readAllLines(FILE)) {
      if (line.startsWith("#")) {
        comments.add(line);
      } else {
        String[] fields = line.split("\t");
        digests.put(fields[0], fields[1]);
      }
    }
  }

  /** Whether a file is new, or another one than the one that was tried. */
  boolean has(MutatedSource source) {
    String digest = digests.get(source.type());
    return digest == null || !(digest.equals(OPEN) || digest.equals(source.digest()));
  }

  /** Notes that there is nothing left to say of a file as it is. */
  void seen(MutatedSource source) {
    digests.put(source.type(), source.digest());
  }

  /** Writes the list, without the classes that are gone. */
  void save(Set<String> types) throws IOException {
    List<String> lines = new ArrayList<>(comments);
    digests.forEach(
        (type, digest) -> {
          if (types.contains(type)) {
            lines.add(type + "\t" + digest);
          }
        });
    Files.write(FILE, lines);
  }
}
