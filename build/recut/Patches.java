import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the patches of {@code build/faults} anew, after renaming and formatting: what a patch did
 * to its file before is merged with what has become of the file.
 */
final class Patches {

  private static final Pattern FILE = Pattern.compile("(?m)^diff --git a/(\\S+) b/(\\S+)$");
  private static final Pattern CONFLICT =
      Pattern.compile("(?ms)^<{7} now\n(.*?)^\\|{7} before\n(.*?)^={7}\n(.*?)^>{7} patched\n");
  private static final Pattern TOKEN = Pattern.compile("\\w+|[^\\w\\s]");

  private final Repository repository;
  private final Tables tables;
  private final String base;

  Patches(Repository repository, Tables tables, String base) {
    this.repository = repository;
    this.tables = tables;
    this.base = base;
  }

  /** Returns whether all could be made; says which were hard. */
  boolean run() throws IOException, InterruptedException {
    boolean sound = true;
    List<Path> patches;
    try (Stream<Path> all = Files.list(repository.root().resolve("build/faults"))) {
      patches = all.filter(one -> one.toString().endsWith(".patch")).sorted().toList();
    }
    for (Path patch : patches) {
      try {
        make(patch);
      } catch (Failure e) {
        System.out.println(patch.getFileName() + ": " + e.getMessage().strip());
        sound = false;
      }
    }
    return sound;
  }

  private void make(Path patch) throws IOException, InterruptedException {
    String text = Files.readString(patch);
    Matcher file = FILE.matcher(text);
    if (!file.find()) {
      throw new Failure("no diff");
    }
    StringBuilder result = new StringBuilder(head(text.substring(0, file.start())));
    Path temp = Files.createTempDirectory("recut");
    do {
      result.append(ofFile(temp, patch, file.group(1)));
    } while (file.find());
    if (!result.toString().equals(text)) {
      Files.writeString(patch, result);
      System.out.println(patch.getFileName() + ": made anew");
    }
    try (Stream<Path> all = Files.walk(temp)) {
      all.sorted(Comparator.reverseOrder()).forEach(one -> one.toFile().delete());
    }
  }

  /** Line {@code Try:} names classes of tests. */
  private String head(String text) {
    Map<String, Set<String>> names = new HashMap<>();
    for (Tables.TypeRow row : tables.types()) {
      names
          .computeIfAbsent(Names.simple(row.from()), _ -> new HashSet<>())
          .add(Names.simple(row.to()));
    }
    return Pattern.compile("(?m)^Try:.*$")
        .matcher(text)
        .replaceAll(
            line ->
                Pattern.compile("\\w+")
                    .matcher(line.group())
                    .replaceAll(
                        word -> {
                          Set<String> all = names.getOrDefault(word.group(), Set.of());
                          return all.size() == 1 ? all.iterator().next() : word.group();
                        }));
  }

  private String ofFile(Path temp, Path patch, String path)
      throws IOException, InterruptedException {
    String before = repository.git("show", base + ":" + path);
    String newPath = newPath(path);
    if (!Files.exists(repository.root().resolve(newPath))) {
      throw new Failure(newPath + " is not there");
    }
    String now = Files.readString(repository.root().resolve(newPath));
    Path old = write(temp.resolve(path), before);
    run(temp, "git", "apply", "--include=" + path, patch.toString());
    String patched = Files.readString(old);
    String merged = merge(temp, now, before, patched, patch);
    Path a = write(temp.resolve("a").resolve(newPath), now);
    Path b = write(temp.resolve("b").resolve(newPath), merged);
    String diff =
        run(
            temp,
            "git",
            "diff",
            "--no-index",
            "--no-prefix",
            "--abbrev=8",
            "-U2",
            temp.relativize(a).toString(),
            temp.relativize(b).toString());
    if (diff.isEmpty()) {
      throw new Failure("nothing is left of it in " + newPath);
    }
    return diff;
  }

  private String newPath(String path) {
    Place place = Place.of(path);
    if (place.module().isEmpty()) {
      return path;
    }
    String flat =
        path.substring(place.root().length()).replaceFirst("\\.java$", "").replace('/', '.');
    for (Tables.TypeRow row : tables.types()) {
      if (row.from().equals(flat)) {
        Place there = row.place() == null ? place : Place.named(row.place());
        return there.file(Names.packageOf(row.to()), Names.simple(row.to()));
      }
    }
    return path;
  }

  private String merge(Path temp, String now, String before, String patched, Path patch)
      throws IOException, InterruptedException {
    write(temp.resolve("now"), now);
    write(temp.resolve("before"), before);
    write(temp.resolve("patched"), patched);
    String merged =
        run(
            temp,
            "git",
            "merge-file",
            "-p",
            "--diff3",
            "-L",
            "now",
            "-L",
            "before",
            "-L",
            "patched",
            "now",
            "before",
            "patched");
    StringBuilder all = new StringBuilder();
    Matcher conflict = CONFLICT.matcher(merged);
    while (conflict.find()) {
      System.out.println(patch.getFileName() + ": look at its words and its layout");
      conflict.appendReplacement(
          all,
          Matcher.quoteReplacement(
              translated(conflict.group(3), conflict.group(2), conflict.group(1))));
    }
    return conflict.appendTail(all).toString();
  }

  /**
   * Lines that the patch leaves become what they became. What became of the words of all lines
   * becomes of those in the patch's own.
   */
  private static String translated(String patched, String before, String now) {
    List<String> oldLines = before.lines().toList();
    List<String> newLines = now.lines().toList();
    Map<String, String> kept = new HashMap<>();
    for (int i = 0; oldLines.size() == newLines.size() && i < oldLines.size(); i++) {
      kept.put(oldLines.get(i), newLines.get(i));
    }
    Map<String, String> words = words(before, now);
    StringBuilder all = new StringBuilder();
    for (String line : patched.lines().toList()) {
      String translated =
          TOKEN
              .matcher(line)
              .replaceAll(
                  one -> Matcher.quoteReplacement(words.getOrDefault(one.group(), one.group())));
      all.append(kept.getOrDefault(line, translated)).append('\n');
    }
    return all.toString();
  }

  private static Map<String, String> words(String before, String now) {
    List<String> old = tokens(before);
    List<String> renamed = tokens(now);
    if (old.size() != renamed.size()) {
      throw new Failure("cannot be merged: " + before);
    }
    Map<String, String> words = new HashMap<>();
    Set<String> several = new HashSet<>();
    for (int i = 0; i < old.size(); i++) {
      String other = words.put(old.get(i), renamed.get(i));
      if (other != null && !other.equals(renamed.get(i))) {
        several.add(old.get(i));
      }
    }
    if (!several.isEmpty()) {
      throw new Failure("cannot be merged, as these became different things: " + several);
    }
    return words;
  }

  /** Without what only widens. */
  private static List<String> tokens(String text) {
    List<String> all = new ArrayList<>();
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      if (!token.group().equals("public")) {
        all.add(token.group());
      }
    }
    return all;
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** The programs tell differences by their status. */
  private static String run(Path folder, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0 && command[1].equals("apply")) {
      throw new Failure("does not apply to what was before");
    }
    return said;
  }
}
