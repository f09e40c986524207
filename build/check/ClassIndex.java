import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The facts of every class of all modules, read again where a file changed. */
final class ClassIndex {

  private final Reactor reactor;
  private final Table cache;

  /** By part, such as {@code device/target/classes}, then by file. */
  private final Map<String, Map<String, ClassFacts>> parts = new TreeMap<>();

  ClassIndex(Reactor reactor, Table cache) throws IOException {
    this.reactor = reactor;
    this.cache = cache;
    Set<String> seen = new HashSet<>();
    for (Module module : reactor.modules()) {
      for (Module.Part part : Module.Part.values()) {
        refresh(module, part);
        parts.get(key(module, part)).keySet().forEach(seen::add);
      }
    }
    cache.rows().keySet().retainAll(seen);
  }

  /** Looks at one part again, after its compilation. */
  void refresh(Module module, Module.Part part) throws IOException {
    Map<String, ClassFacts> all = new TreeMap<>();
    Path folder = module.output(part);
    if (Files.isDirectory(folder)) {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              if (file.toString().endsWith(".class")) {
                String name = reactor.root().relativize(file).toString();
                all.put(name, facts(name, file, attributes));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    }
    parts.put(key(module, part), all);
  }

  private ClassFacts facts(String name, Path file, BasicFileAttributes attributes)
      throws IOException {
    String seen = attributes.size() + "/" + attributes.lastModifiedTime().toMillis();
    List<String> known = cache.rows().get(name);
    if (known != null && known.getFirst().equals(seen)) {
      return ClassFacts.of(known.subList(1, known.size()));
    }
    ClassFacts facts = ClassFacts.read(file);
    List<Object> fields = new ArrayList<>(List.of(seen));
    fields.addAll(facts.fields());
    cache.put(name, fields.toArray());
    return facts;
  }

  private String key(Module module, Module.Part part) {
    return reactor.root().relativize(module.output(part)).toString();
  }

  Collection<ClassFacts> classes(Module module, Module.Part part) {
    return parts.get(key(module, part)).values();
  }

  /** Those of one part by their names. */
  Map<String, ClassFacts> byName(Module module, Module.Part part) {
    Map<String, ClassFacts> all = new TreeMap<>();
    classes(module, part).forEach(one -> all.put(one.name(), one));
    return all;
  }

  /** All of them. */
  List<ClassFacts> everything() {
    return parts.values().stream().flatMap(part -> part.values().stream()).toList();
  }

  /** Adds to these classes all that extend or implement one of them. */
  void addHeirs(Set<String> names) {
    boolean more = true;
    while (more) {
      more = false;
      for (ClassFacts one : everything()) {
        if (!names.contains(one.name()) && one.above().stream().anyMatch(names::contains)) {
          more |= names.add(one.name());
        }
      }
    }
  }
}
