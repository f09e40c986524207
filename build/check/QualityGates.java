import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Formats and forbidden calls, of the modules in which something changed. */
final class QualityGates {

  private static final String FORBIDDEN = Pom.plugin("forbiddenapis");

  private final Reactor reactor;
  private final Path state;
  private final List<ExternalCommand> running = new ArrayList<>();

  QualityGates(Reactor reactor, Path state) {
    this.reactor = reactor;
    this.state = state;
  }

  /** Lets Maven look at formats, while the rest goes on. */
  void checkSources(Set<String> changed) throws IOException {
    Set<String> modules = new TreeSet<>();
    changed.forEach(file -> modules.add(reactor.moduleOf(file)));
    if (!modules.isEmpty()) {
      running.add(
          ExternalCommand.shell(
              reactor.root(),
              state.resolve("gates.log"),
              "exec mvn -o -q -B spotless:check@format -pl \"$1\"",
              List.of(String.join(",", modules))));
    }
  }

  /**
   * Looks for forbidden calls. Maven would compile before: its plug-in wants the dependencies of a
   * module as the build makes them.
   */
  void checkClasses(Set<String> changed, String forbiddenApis) throws IOException {
    for (SourceSet one : reactor.sourceSets()) {
      if (changed.stream().anyMatch(one::hasSource)) {
        running.add(
            ExternalCommand.start(
                reactor.root(),
                state.resolve("forbidden-" + one.module().replace('/', '-') + one.name() + ".log"),
                Map.of(),
                forbidden(one, forbiddenApis)));
      }
    }
  }

  private List<String> forbidden(SourceSet sourceSet, String forbiddenApis) throws IOException {
    Pom pom = new Pom(reactor.root(), "");
    String release = pom.texts("//maven.compiler.release").getFirst();
    String execution = sourceSet.isTest() ? "tests" : "main";
    List<String> words = new ArrayList<>(List.of(ExternalCommand.java(), "-XX:TieredStopAtLevel=1"));
    words.addAll(List.of("-jar", forbiddenApis, "--allowmissingclasses"));
    words.addAll(List.of("-d", sourceSet.output().toString()));
    words.addAll(List.of("-c", Reactor.joined(sourceSet.classPath())));
    for (String name :
        pom.texts(FORBIDDEN + "//execution[id='" + execution + "']//bundledSignature")) {
      // As the plug-in does it: those that depend on the release of Java have it in their names.
      boolean depends = name.matches("jdk-(unsafe|deprecated|internal)");
      words.addAll(List.of("-b", depends ? name + "-" + release : name));
    }
    for (String name : pom.texts(FORBIDDEN + "/configuration//suppressAnnotation")) {
      words.addAll(List.of("--suppressannotation", name));
    }
    if (!sourceSet.isTest()) {
      for (String file : pom.texts(FORBIDDEN + "/configuration//signaturesFile")) {
        words.addAll(List.of("-f", file));
      }
    }
    return words;
  }

  /** Waits for all of them, and says what they found; true when that is nothing. */
  boolean pass() throws IOException, InterruptedException {
    boolean good = true;
    for (ExternalCommand one : running) {
      if (!one.succeeds()) {
        good = false;
        Files.readAllLines(one.log()).stream()
            .takeWhile(line -> !line.contains("To see the full stack trace"))
            .filter(line -> line.contains("ERROR"))
            .limit(30)
            .forEach(Console::line);
      }
    }
    return good;
  }
}
