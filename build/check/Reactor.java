import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The modules of the build, each with its two source sets, in the order of the build. */
final class Reactor {

  /** What {@link Setup} lets Maven leave in each module. */
  static final String LIBRARIES = "target/check-libraries.txt";

  /** Such as {@code org.hikae:hikae-crypto:jar:1.1.0-SNAPSHOT:compile:/file.jar -- module name}. */
  private static final Pattern LIBRARY =
      Pattern.compile("^ +\\S+:(compile|provided|system|runtime|test):(/.+?\\.jar)( .*)?$");

  private final Path root;
  private final List<SourceSet> sourceSets = new ArrayList<>();

  Reactor(Path root) throws IOException {
    this.root = root;
    for (String module : modules(root, "")) {
      add(module);
    }
  }

  /** Folders of all modules, below the root. */
  static List<String> modules(Path root, String parent) throws IOException {
    List<String> all = new ArrayList<>();
    for (String one : new Pom(root, parent).texts("/project/modules/module")) {
      all.add(parent + one);
      all.addAll(modules(root, parent + one + "/"));
    }
    return all;
  }

  private void add(String module) throws IOException {
    Path target = root.resolve(module).resolve("target");
    Path main = target.resolve("classes");
    Path test = target.resolve("test-classes");
    List<Path> ofMain = new ArrayList<>(List.of(main));
    List<Path> ofTest = new ArrayList<>(List.of(test, main));
    Path list = root.resolve(module).resolve(LIBRARIES);
    for (String line : Files.exists(list) ? Files.readAllLines(list) : List.<String>of()) {
      Matcher library = LIBRARY.matcher(line);
      if (library.matches()) {
        Path path = classesOf(Path.of(library.group(2)));
        ofTest.add(path);
        if (!library.group(1).equals("test") && !library.group(1).equals("runtime")) {
          ofMain.add(path);
        }
      }
    }
    sourceSets.add(new SourceSet(module, "main", main, List.copyOf(ofMain)));
    sourceSets.add(new SourceSet(module, "test", test, List.copyOf(ofTest)));
  }

  /** Of our own archives, the folder of the classes that they were made of. */
  private Path classesOf(Path archive) {
    return sourceSets.stream()
        .filter(one -> !one.isTest() && archive.startsWith(one.output().getParent()))
        .map(SourceSet::output)
        .findFirst()
        .orElse(archive);
  }

  Path root() {
    return root;
  }

  List<SourceSet> sourceSets() {
    return sourceSets;
  }

  SourceSet tests(String module) {
    return sourceSets.stream()
        .filter(one -> one.isTest() && one.module().equals(module))
        .findFirst()
        .orElseThrow();
  }

  /** The module that a file below the root lies in, or the root's own. */
  String moduleOf(String file) {
    return sourceSets.stream()
        .map(SourceSet::module)
        .filter(module -> file.startsWith(module + "/"))
        .max(java.util.Comparator.comparing(String::length))
        .orElse(".");
  }

  /** A class path for a command line. */
  static String joined(Collection<Path> paths) {
    return paths.stream()
        .filter(Files::exists)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
