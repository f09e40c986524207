import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All modules in the order of the build. */
final class Reactor {

  /** What Maven leaves in each module's target, on demand of {@link Setup}. */
  static final String LIBRARIES = "target/check-libraries.txt";

  /** Such as {@code org.hikae:hikae-crypto:jar:1.0.0-SNAPSHOT:compile:/file.jar -- module name}. */
  private static final Pattern LIBRARY =
      Pattern.compile("^ +\\S+:(compile|provided|system|runtime|test):(/.+?\\.jar)( .*)?$");

  private final Path root;
  private final List<Module> modules = new ArrayList<>();

  private Reactor(Path root) {
    this.root = root;
  }

  static Reactor read(Path root) throws IOException {
    Reactor reactor = new Reactor(root);
    for (String name : names(root, "")) {
      reactor.add(name);
    }
    return reactor;
  }

  /** Folders of all modules, below the root. */
  static List<String> names(Path root, String parent) throws IOException {
    List<String> all = new ArrayList<>();
    for (String one : Pom.read(root.resolve(parent + "pom.xml")).texts("/project/modules/module")) {
      all.add(parent + one);
      all.addAll(names(root, parent + one + "/"));
    }
    return all;
  }

  private void add(String name) throws IOException {
    Path folder = root.resolve(name);
    List<Module.Library> libraries = new ArrayList<>();
    if (Files.exists(folder.resolve(LIBRARIES))) {
      for (String line : Files.readAllLines(folder.resolve(LIBRARIES))) {
        Matcher library = LIBRARY.matcher(line);
        if (library.matches()) {
          libraries.add(new Module.Library(classesOf(Path.of(library.group(2))), library.group(1)));
        }
      }
    }
    modules.add(new Module(name, folder, List.copyOf(libraries)));
  }

  /** Of our own archives, the folder of the classes that they were made of. */
  private Path classesOf(Path archive) {
    for (Module module : modules) {
      if (archive.startsWith(module.folder().resolve("target"))) {
        return module.output(Module.Part.MAIN);
      }
    }
    return archive;
  }

  Path root() {
    return root;
  }

  List<Module> modules() {
    return modules;
  }

  Module module(String name) {
    return modules.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  /** The module that a file below the root lies in; none for those of the whole. */
  java.util.Optional<Module> moduleOf(String file) {
    return modules.stream()
        .filter(one -> file.startsWith(one.name() + "/"))
        .max(java.util.Comparator.comparing(one -> one.name().length()));
  }
}
