import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/**
 * What must be there before single files can be compiled: everything built by Maven once, and the
 * class paths as Maven makes them. Done again when a POM or a configuration of the gates changes.
 */
final class Setup {

  private static final String DEPENDENCY_PLUGIN = "maven-dependency-plugin";

  private final Path root;
  private final Path state;

  Setup(Path root, Path state) {
    this.root = root;
    this.state = state;
  }

  /** Builds everything if need be, and says whether it had to. */
  boolean prepare(Tree tree) throws IOException, InterruptedException {
    String wanted = fingerprint(tree);
    Path done = state.resolve("setup");
    if (Files.exists(done) && Files.readString(done).equals(wanted) && complete()) {
      return false;
    }
    Files.deleteIfExists(done);
    Say.line("A POM or a gate changed, or nothing was built yet: building everything with Maven.");
    List<String> build =
        List.of(
            "package",
            "-DskipTests",
            "dependency:list",
            "-DincludeScope=test",
            "-DoutputAbsoluteArtifactFilename=true",
            "-DoutputFile=" + Reactor.LIBRARIES);
    maven(root, "setup.log", build);
    processors();
    Files.writeString(done, wanted);
    return true;
  }

  private static String fingerprint(Tree tree) {
    return Digest.of(
        tree.digests().entrySet().stream()
            .filter(
                file ->
                    file.getKey().endsWith("pom.xml")
                        || file.getKey().startsWith(".mvn/")
                        || file.getKey().matches("build/[^/]+")
                        || Resources.filtered(file.getKey()))
            .map(file -> file.getKey() + " " + file.getValue())
            .collect(Collectors.joining("\n")));
  }

  private boolean complete() throws IOException {
    for (Module module : Reactor.read(root).modules()) {
      for (Module.Part part : Module.Part.values()) {
        if (Files.exists(root.resolve(module.source(part, "java")))
            && !Files.exists(module.output(part))) {
          return false;
        }
      }
      if (!Files.exists(module.folder().resolve(Reactor.LIBRARIES))
          && Files.exists(module.folder().resolve("src"))) {
        return false;
      }
    }
    return Files.exists(processorPath());
  }

  /** Where Error Prone and NullAway are, with all that they need. */
  Path processorPath() {
    return state.resolve("processors/path.txt");
  }

  /** Where Maven keeps what it has fetched. */
  Path repository() throws IOException {
    String paths = Files.readString(processorPath());
    return Path.of(paths.substring(0, paths.indexOf("/com/google/errorprone/")));
  }

  /**
   * Maven tells class paths of projects only: so there is one for what runs inside the compiler.
   */
  private void processors() throws IOException, InterruptedException {
    Pom pom = Pom.read(root.resolve("pom.xml"));
    String where = Pom.plugin("maven-compiler-plugin") + "//annotationProcessorPaths/path/";
    List<String> groups = pom.texts(where + "groupId");
    List<String> artifacts = pom.texts(where + "artifactId");
    List<String> versions = pom.texts(where + "version");
    List<String> dependencies = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      dependencies.add(
          "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>"
              .formatted(groups.get(i), artifacts.get(i), versions.get(i)));
    }
    Path folder = Files.createDirectories(processorPath().getParent());
    Files.writeString(
        folder.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>org.hikae.check</groupId>
          <artifactId>processors</artifactId>
          <version>1</version>
          <packaging>pom</packaging>
          <dependencies>%s</dependencies>
        </project>
        """
            .formatted(String.join("", dependencies)));
    Element version = pom.elements(Pom.plugin(DEPENDENCY_PLUGIN) + "/version").getFirst();
    maven(
        folder,
        "processors.log",
        List.of(
            "org.apache.maven.plugins:%s:%s:build-classpath"
                .formatted(DEPENDENCY_PLUGIN, version.getTextContent()),
            "-Dmdep.outputFile=" + processorPath().toAbsolutePath()));
  }

  private void maven(Path folder, String log, List<String> arguments)
      throws IOException, InterruptedException {
    Command maven = Command.maven(folder, state.resolve(log), arguments);
    if (maven.end() == 0) {
      return;
    }
    // Where the compiler takes warnings for errors, they say what is wrong.
    List<String> errors =
        Files.readAllLines(maven.log()).stream()
            .filter(line -> line.matches("\\[ERROR].*|\\[WARNING] /.*\\.java:.*"))
            .toList();
    errors.stream().limit(20).forEach(Say::line);
    if (errors.stream()
        .anyMatch(l -> l.contains("offline mode") || l.contains("has not been downloaded"))) {
      throw new Failure(
          Failure.UNTRIED,
          "Maven lacks something that only the network has; please run once, with a network: "
              + "mvn package -DskipTests dependency:list");
    }
    throw new Failure(
        Failure.WRONG, "The build failed; the whole story is in " + root.relativize(maven.log()));
  }
}
