import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compiles the files that changed and, when these show something else to others than before, the
 * files that use them. Maven would compile whole modules, one after the other.
 */
final class IncrementalCompiler {

  private final Reactor reactor;
  private final SourceTree tree;
  private final ClassIndex index;
  private final Javac javac;

  /** The digest of each source as it was compiled. What has to be compiled again is missing. */
  private final TsvTable compiled;

  /** Where classes are until all of them are compiled. */
  private final Path fresh;

  private int count;

  IncrementalCompiler(
      Reactor reactor, SourceTree tree, ClassIndex index, Javac javac, TsvTable compiled, Path fresh) {
    this.reactor = reactor;
    this.tree = tree;
    this.index = index;
    this.javac = javac;
    this.compiled = compiled;
    this.fresh = fresh;
  }

  /** Brings all classes up to date and gives the number of files that it compiled. */
  int run() throws IOException {
    emptyFresh();
    for (SourceSet sourceSet : reactor.sourceSets()) {
      forgetDeletedSources(sourceSet);
      forgetMissingClasses(sourceSet);
      Set<String> stale = stale(sourceSet);
      while (!stale.isEmpty()) {
        compile(sourceSet, stale);
        stale = stale(sourceSet);
      }
    }
    return count;
  }

  private Set<String> stale(SourceSet sourceSet) {
    return tree.digests().entrySet().stream()
        .filter(file -> sourceSet.hasSource(file.getKey()))
        .filter(file -> !compiled.get(file.getKey(), 0).equals(file.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void forgetDeletedSources(SourceSet sourceSet) throws IOException {
    for (String source : Set.copyOf(compiled.rows().keySet())) {
      if (sourceSet.hasSource(source) && !tree.digests().containsKey(source)) {
        compiled.rows().remove(source);
        replaceClasses(sourceSet, Set.of(source));
      }
    }
  }

  /** A build of Maven that failed has deleted them. */
  private void forgetMissingClasses(SourceSet sourceSet) {
    compiled
        .rows()
        .keySet()
        .removeIf(
            source ->
                sourceSet.hasSource(source)
                    && !source.endsWith("/package-info.java")
                    && !Files.exists(sourceSet.classFile(source)));
  }

  private void compile(SourceSet sourceSet, Set<String> sources) throws IOException {
    emptyFresh();
    javac.compile(sourceSet, sources.stream().map(tree::path).toList(), fresh);
    count += sources.size();
    replaceClasses(sourceSet, sources);
    sources.forEach(source -> compiled.put(source, tree.digests().get(source)));
    compiled.save();
  }

  /** Puts what was compiled in the place of all classes that these sources had. */
  private void replaceClasses(SourceSet sourceSet, Set<String> sources) throws IOException {
    // Maven shall trust nothing of this, and compile the source set the next time.
    Files.deleteIfExists(sourceSet.mavenState());
    Map<String, String> before = apis(sourceSet);
    for (ClassInfo old : index.classes(sourceSet)) {
      if (sources.contains(old.source())) {
        Files.deleteIfExists(sourceSet.output().resolve(old.name() + ".class"));
      }
    }
    moveAll(fresh, sourceSet.output());
    index.refresh(sourceSet);
    Map<String, String> after = apis(sourceSet);
    Set<String> changed = new HashSet<>(before.keySet());
    changed.addAll(after.keySet());
    changed.removeIf(name -> after.getOrDefault(name, "").equals(before.get(name)));
    for (SourceSet other : reactor.sourceSets()) {
      if (other.classPath().contains(sourceSet.output())) {
        forgetUsers(other, index.withSubtypes(changed));
      }
    }
    compiled.save();
  }

  private Map<String, String> apis(SourceSet sourceSet) {
    Map<String, String> all = new TreeMap<>();
    index.classes(sourceSet).forEach(one -> all.put(one.name(), one.api()));
    return all;
  }

  /** What uses these classes has to be compiled again. */
  private void forgetUsers(SourceSet sourceSet, Set<String> names) throws IOException {
    index.classes(sourceSet).stream()
        .filter(one -> one.uses().stream().anyMatch(names::contains))
        .forEach(one -> compiled.rows().remove(one.source()));
    // A class does not tell whose constants it copied; its source does.
    for (String source : tree.digests().keySet()) {
      if (sourceSet.hasSource(source) && mentions(sourceSet, source, names)) {
        compiled.rows().remove(source);
      }
    }
  }

  /** Whether a source has one of these names, in its own package the short one. */
  private boolean mentions(SourceSet sourceSet, String source, Set<String> names)
      throws IOException {
    String text = names.isEmpty() ? "" : Files.readString(tree.path(source));
    String folder = source.substring(0, source.lastIndexOf('/') + 1);
    return names.stream()
        .map(name -> name.replaceFirst("\\$.*", ""))
        .anyMatch(
            name ->
                text.contains(name.replace('/', '.'))
                    || ((sourceSet.folder("java") + name).startsWith(folder)
                        && text.contains(name.substring(name.lastIndexOf('/') + 1))));
  }

  private void emptyFresh() throws IOException {
    Files.createDirectories(fresh);
    for (Path file : filesBelow(fresh).stream().sorted(Comparator.reverseOrder()).toList()) {
      if (!file.equals(fresh)) {
        Files.delete(file);
      }
    }
  }

  private static void moveAll(Path from, Path to) throws IOException {
    for (Path file : filesBelow(from)) {
      if (!Files.isDirectory(file)) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.toList();
    }
  }
}
