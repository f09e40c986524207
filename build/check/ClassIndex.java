import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What is known of each class of all modules; only files that changed are read again. */
final class ClassIndex {

  private final TsvTable cache;
  private final Map<SourceSet, List<ClassInfo>> classes = new LinkedHashMap<>();

  ClassIndex(Reactor reactor, TsvTable cache) throws IOException {
    this.cache = cache;
    Set<String> known = new HashSet<>(cache.rows().keySet());
    for (SourceSet sourceSet : reactor.sourceSets()) {
      known.removeAll(refresh(sourceSet));
    }
    cache.rows().keySet().removeAll(known);
  }

  /** Looks at one source set again, after its compilation, and gives its files. */
  Set<String> refresh(SourceSet sourceSet) throws IOException {
    List<ClassInfo> all = new ArrayList<>();
    Set<String> files = new HashSet<>();
    if (Files.isDirectory(sourceSet.output())) {
      Files.walkFileTree(
          sourceSet.output(),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              // Those of packages may be in several modules, and hold nothing that is run.
              if (file.toString().endsWith(".class") && !file.endsWith("package-info.class")) {
                all.add(read(file, attributes, sourceSet));
                files.add(file.toString());
              }
              return FileVisitResult.CONTINUE;
            }
          });
    }
    classes.put(sourceSet, all);
    return files;
  }

  private ClassInfo read(Path file, BasicFileAttributes attributes, SourceSet sourceSet)
      throws IOException {
    String version = attributes.size() + "/" + attributes.lastModifiedTime().toMillis();
    if (!cache.get(file.toString(), 0).equals(version)) {
      List<String> fields = new ArrayList<>(List.of(version));
      fields.addAll(ClassInfo.read(file, sourceSet).fields());
      cache.put(file.toString(), fields.toArray());
    }
    List<String> row = cache.rows().get(file.toString());
    return ClassInfo.of(row.subList(1, row.size()));
  }

  List<ClassInfo> classes(SourceSet sourceSet) {
    return classes.get(sourceSet);
  }

  Stream<ClassInfo> all() {
    return classes.values().stream().flatMap(List::stream);
  }

  /** Adds to these classes all that extend or implement one of them. */
  Set<String> withSubtypes(Set<String> names) {
    Set<String> all = new HashSet<>(names);
    boolean more = true;
    while (more) {
      more =
          all().filter(one -> one.supertypes().stream().anyMatch(all::contains)).toList().stream()
                  .filter(one -> all.add(one.name()))
                  .count()
              > 0;
    }
    return all;
  }
}
