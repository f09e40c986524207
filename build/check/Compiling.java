import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compiles the files that changed, and those that use what these show to others when that changed,
 * too. Maven would compile the whole module; it still does the next time, see {@link #askMaven}.
 */
final class Compiling {

  private final Reactor reactor;
  private final Tree tree;
  private final ClassIndex index;
  private final Javac javac;
  private final Path state;

  /** The digest of each source that target holds the classes of. */
  private final Table compiled;

  /**
   * Classes whose users are not all compiled yet; after a failure the next run goes on with them.
   */
  private final Table changed;

  private int files;

  Compiling(Reactor reactor, Tree tree, ClassIndex index, Javac javac, Path state, Table compiled)
      throws IOException {
    this.reactor = reactor;
    this.tree = tree;
    this.index = index;
    this.javac = javac;
    this.state = state;
    this.compiled = compiled;
    this.changed = new Table(state.resolve("changed.tsv"));
  }

  /** After Maven has built everything, nothing is left to compile. */
  static void takeAll(Tree tree, Table compiled) {
    compiled.rows().clear();
    tree.digests().forEach(compiled::put);
  }

  /** Brings all classes up to date and gives the number of files that it took. */
  int run() throws IOException {
    try {
      for (Module module : reactor.modules()) {
        for (Module.Part part : Module.Part.values()) {
          bring(module, part);
        }
      }
      changed.rows().clear();
    } finally {
      changed.save();
      compiled.save();
    }
    return files;
  }

  private void bring(Module module, Module.Part part) throws IOException {
    forgetDeleted(module, part);
    Set<String> done = new HashSet<>();
    Set<String> work = changedSources(module, part);
    work.addAll(users(module, part));
    while (!work.isEmpty()) {
      compile(module, part, work);
      done.addAll(work);
      work = users(module, part);
      work.removeAll(done);
    }
  }

  private Set<String> changedSources(Module module, Module.Part part) throws IOException {
    String folder = module.source(part, "java");
    Set<String> all = new TreeSet<>();
    for (Map.Entry<String, String> file : tree.digests().entrySet()) {
      String name = file.getKey();
      if (!name.startsWith(folder)
          || !name.endsWith(".java")
          || isCompiled(module, part, name.substring(folder.length()), file)) {
        continue;
      }
      if (isNewer(module, part, name.substring(folder.length()), tree.path(name))) {
        // Maven was here meanwhile.
        compiled.put(name, file.getValue());
      } else if (name.endsWith("/package-info.java")) {
        // What it says holds for all of its package.
        String beside = name.substring(0, name.lastIndexOf('/') + 1);
        tree.digests().keySet().stream()
            .filter(one -> one.startsWith(beside) && one.indexOf('/', beside.length()) < 0)
            .forEach(all::add);
      } else {
        all.add(name);
      }
    }
    return all;
  }

  /** A build of Maven that failed has left nothing. */
  private boolean isCompiled(
      Module module, Module.Part part, String source, Map.Entry<String, String> file) {
    return compiled.get(file.getKey(), 0).equals(file.getValue())
        && Files.exists(made(module, part, source));
  }

  private static boolean isNewer(Module module, Module.Part part, String source, Path file)
      throws IOException {
    Path made = made(module, part, source);
    return Files.exists(made)
        && Files.getLastModifiedTime(made).compareTo(Files.getLastModifiedTime(file)) >= 0;
  }

  private static Path made(Module module, Module.Part part, String source) {
    return module.output(part).resolve(source.replaceFirst("\\.java$", ".class"));
  }

  private void forgetDeleted(Module module, Module.Part part) throws IOException {
    String folder = module.source(part, "java");
    for (String known : compiled.rows().keySet().toArray(String[]::new)) {
      if (known.startsWith(folder)
          && known.endsWith(".java")
          && !tree.digests().containsKey(known)) {
        for (ClassFacts one : index.classes(module, part)) {
          if (source(module, part, one).equals(known)) {
            delete(module, part, one);
          }
        }
        askMaven(module, part);
        compiled.rows().remove(known);
        index.refresh(module, part);
      }
    }
  }

  /** Sources of this part that use a class which shows something else than before. */
  private Set<String> users(Module module, Module.Part part) throws IOException {
    Set<String> names = new HashSet<>(changed.rows().keySet());
    if (names.isEmpty()) {
      return new TreeSet<>();
    }
    index.addHeirs(names);
    Set<String> all =
        index.classes(module, part).stream()
            .filter(one -> one.knows().stream().anyMatch(names::contains))
            .map(one -> source(module, part, one))
            .filter(tree.digests()::containsKey)
            .collect(Collectors.toCollection(TreeSet::new));
    all.addAll(copiers(module, part));
    return all;
  }

  /** Who copied a constant does not know its class any more: only the source still names it. */
  private Set<String> copiers(Module module, Module.Part part) throws IOException {
    String names =
        changed.rows().entrySet().stream()
            .filter(one -> one.getValue().getFirst().equals("constants"))
            .map(one -> Pattern.quote(one.getKey().replaceFirst(".*[/$]", "")))
            .collect(Collectors.joining("|"));
    Set<String> all = new TreeSet<>();
    if (!names.isEmpty()) {
      Pattern word = Pattern.compile("\\b(" + names + ")\\b");
      for (String file : tree.digests().keySet()) {
        if (file.startsWith(module.source(part, "java"))
            && file.endsWith(".java")
            && word.matcher(Files.readString(tree.path(file))).find()) {
          all.add(file);
        }
      }
    }
    return all;
  }

  private static String source(Module module, Module.Part part, ClassFacts one) {
    return module.source(part, "java") + one.packageFolder() + one.source();
  }

  private void compile(Module module, Module.Part part, Set<String> work) throws IOException {
    Path fresh = state.resolve("classes");
    forget(fresh);
    Files.createDirectories(fresh);
    javac.compile(module, part, work.stream().map(tree::path).toList(), fresh);
    files += work.size();
    Map<String, ClassFacts> before = index.byName(module, part);
    askMaven(module, part);
    for (ClassFacts old : before.values()) {
      if (work.contains(source(module, part, old))
          && !Files.exists(fresh.resolve(old.name() + ".class"))) {
        delete(module, part, old);
      }
    }
    move(fresh, module.output(part));
    index.refresh(module, part);
    for (ClassFacts now : index.byName(module, part).values()) {
      ClassFacts old = before.get(now.name());
      if (old != null && !old.constants().equals(now.constants())) {
        changed.put(now.name(), "constants");
      } else if (old == null || !old.api().equals(now.api())) {
        changed.rows().putIfAbsent(now.name(), java.util.List.of("api"));
      }
    }
    work.forEach(file -> compiled.put(file, tree.digests().get(file)));
  }

  private void delete(Module module, Module.Part part, ClassFacts one) throws IOException {
    Files.deleteIfExists(module.output(part).resolve(one.name() + ".class"));
    changed.put(one.name(), "constants");
  }

  /**
   * What was compiled file by file, Maven compiles as a whole the next time, and trusts no time.
   */
  private static void askMaven(Module module, Module.Part part) throws IOException {
    Files.deleteIfExists(module.mavenNotes(part).resolve("inputFiles.lst"));
  }

  private static void move(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void forget(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var all = Files.walk(folder)) {
        for (Path one : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(one);
        }
      }
    }
  }
}
