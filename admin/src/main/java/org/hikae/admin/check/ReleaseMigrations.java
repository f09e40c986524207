package org.hikae.admin.check;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.admin.port.PortalDatabase.Applied;

/** The migrations that the portal of this release has on PostgreSQL, by number. */
public final class ReleaseMigrations {

  private static final Pattern NAME = Pattern.compile("V(\\d+)__(.+)\\.sql");
  private static final String FOLDER = "org/hikae/admin/db";

  /** Of the other database. */
  private static final String ELSEWHERE = "h2";

  private static final int DEPTH = 4;

  private final NavigableMap<Integer, String> sentences;

  ReleaseMigrations(Map<Integer, String> sentences) {
    this.sentences = new TreeMap<>(sentences);
  }

  /** Those that are packed with this program. */
  public static ReleaseMigrations packed() throws IOException {
    return read(ReleaseMigrations::in);
  }

  /** Their texts, in the order of their numbers; repeatable ones come last. */
  public static List<String> packedTexts() throws IOException {
    return read(
        folder -> {
          NavigableMap<String, String> texts = new TreeMap<>();
          for (Path file : files(folder)) {
            String name = Objects.toString(file.getFileName(), "");
            Matcher numbered = NAME.matcher(name);
            // V stands before R in no alphabet.
            String order =
                numbered.matches()
                    ? String.format(
                        java.util.Locale.ROOT, "%06d", Integer.valueOf(numbered.group(1)))
                    : name;
            var _ = texts.put(order, Files.readString(file));
          }
          return List.copyOf(texts.values());
        });
  }

  /** Reads something in the folder of migrations. */
  @FunctionalInterface
  private interface FolderReader<T> {
    T read(Path folder) throws IOException;
  }

  private static <T> T read(FolderReader<T> reader) throws IOException {
    try {
      Path place =
          Path.of(
              ReleaseMigrations.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(place)) {
        return reader.read(place.resolve(FOLDER));
      }
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        return reader.read(jar.getPath(FOLDER));
      }
    } catch (URISyntaxException e) {
      throw new IOException("this program cannot be found", e);
    }
  }

  /** All scripts but those for the other database. */
  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder, DEPTH)) {
      return all.filter(
              file -> {
                Path parent = file.getParent();
                return file.toString().endsWith(".sql")
                    && parent != null
                    && !Objects.toString(parent.getFileName(), "").startsWith(ELSEWHERE);
              })
          .toList();
    }
  }

  private static ReleaseMigrations in(Path folder) throws IOException {
    TreeMap<Integer, String> found = new TreeMap<>();
    for (Path file : files(folder)) {
      Matcher name = NAME.matcher(Objects.toString(file.getFileName(), ""));
      if (name.matches()) {
        found.put(Integer.valueOf(name.group(1)), name.group(2).replace('_', ' '));
      }
    }
    return new ReleaseMigrations(found);
  }

  /** How many there are. */
  public int count() {
    return sentences.size();
  }

  /** Compares with what ran on a database. */
  List<DoctorFinding> compare(List<Applied> applied) {
    if (applied.isEmpty()) {
      return List.of(DoctorFinding.of(FindingCode.SCHEMA_NONE));
    }
    List<DoctorFinding> findings = new ArrayList<>();
    TreeMap<Integer, String> missing = new TreeMap<>(sentences);
    TreeMap<Integer, String> later = new TreeMap<>();
    for (Applied one : applied) {
      int version = Integer.parseInt(one.version().replaceFirst("\\D.*", ""));
      if (!one.success()) {
        findings.add(
            DoctorFinding.of(FindingCode.SCHEMA_FAILED, label(version, one.description())));
      }
      if (missing.remove(version) == null) {
        later.put(version, one.description());
      }
    }
    if (!later.isEmpty()) {
      findings.add(DoctorFinding.of(FindingCode.SCHEMA_LATER, labels(later), last()));
    } else if (!missing.isEmpty()) {
      findings.add(DoctorFinding.of(FindingCode.SCHEMA_OLDER, labels(missing)));
    }
    if (findings.isEmpty()) {
      findings.add(DoctorFinding.of(FindingCode.SCHEMA_OK, last()));
    }
    return findings;
  }

  private String last() {
    return label(sentences.lastKey(), sentences.lastEntry().getValue());
  }

  private static String labels(Map<Integer, String> migrations) {
    return migrations.entrySet().stream()
        .map(migration -> label(migration.getKey(), migration.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String label(int version, String sentence) {
    return String.format(java.util.Locale.ROOT, "V%03d (%s)", version, sentence);
  }
}
