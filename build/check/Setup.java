import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What must be there before single files can be compiled: everything built by Maven once, and the
 * class paths as Maven makes them. Done again when a POM or a configuration of the gates changes.
 */
final class Setup {

  /** The server is provisioned once; a change of its layers or configuration needs a new one. */
  private static final String MAVEN =
      """
      set -e
      . scripts/fingerprint.sh
      drop_stale_server
      mvn -B -ntp "$@"
      note_provisioned_server
      """;

  private final Path root;
  private final Path state;

  Setup(Path root, Path state) {
    this.root = root;
    this.state = state;
  }

  /** Builds everything if need be, and says whether it had to. */
  boolean run(SourceTree tree) throws IOException, InterruptedException {
    String wanted =
        tree.digest(
            file ->
                file.endsWith("pom.xml")
                    || file.startsWith(".mvn/")
                    || file.matches("build/[^/]+")
                    || Resources.isFiltered(file));
    Path done = state.resolve("setup");
    if (Files.exists(done) && Files.readString(done).equals(wanted) && isComplete()) {
      return false;
    }
    Files.deleteIfExists(done);
    Console.line("A POM or a gate changed, or nothing was built yet: Maven builds everything.");
    maven(
        List.of(
            "-T2",
            "package",
            "-DskipTests",
            "dependency:list",
            "-DincludeScope=test",
            "-DoutputAbsoluteArtifactFilename=true",
            "-DoutputFile=" + Reactor.LIBRARIES));
    maven(
        List.of(
            "-f",
            "build/check/pom.xml",
            "dependency:build-classpath",
            "-DincludeScope=runtime",
            "-Dmdep.outputFile=" + state.resolve("plugins")));
    Files.writeString(done, wanted);
    return true;
  }

  /** After a clean, nothing is. */
  private boolean isComplete() throws IOException {
    for (String module : Reactor.modules(root, "")) {
      if (Files.exists(root.resolve(module).resolve("src"))
          && !Files.exists(root.resolve(module).resolve(Reactor.LIBRARIES))) {
        return false;
      }
    }
    return true;
  }

  /** Puts what is compiled into the archives that system tests start. */
  void repackage() throws IOException, InterruptedException {
    maven(
        List.of(
            "-o",
            "package",
            "-pl=ear,vault,device,admin",
            "-am",
            "-Dmaven.main.skip",
            "-Dmaven.test.skip",
            // Also leaves out the agent's archive of classes, without which it only starts slower.
            "-Dtest=none",
            "-Denforcer.skip",
            "-Dspotless.check.skip",
            "-Dforbiddenapis.skip",
            "-Djacoco.skip"));
  }

  /** Error Prone and NullAway, with all that they need. */
  String compilerPlugins() throws IOException {
    return Files.readString(state.resolve("plugins")).strip();
  }

  String forbiddenApis() throws IOException {
    return Arrays.stream(compilerPlugins().split(File.pathSeparator))
        .filter(jar -> jar.contains("forbiddenapis"))
        .findFirst()
        .orElseThrow();
  }

  private void maven(List<String> arguments) throws IOException, InterruptedException {
    ExternalCommand maven = ExternalCommand.shell(root, state.resolve("maven.log"), MAVEN, arguments);
    if (!maven.succeeds()) {
      try (Stream<String> lines = Files.lines(maven.log())) {
        // Where the compiler takes warnings for errors, they say what is wrong.
        lines
            .filter(line -> line.matches("\\[ERROR].*|\\[WARNING] /.*\\.java:.*"))
            .limit(20)
            .forEach(Console::line);
      }
      throw new CheckFailure("The build failed; the whole story is in " + root.relativize(maven.log()));
    }
  }
}
