import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Formats, sizes and forbidden calls, of the modules and classes that changed. */
final class Gates {

  private static final String FORBIDDEN = Pom.plugin("forbiddenapis");

  private final Reactor reactor;
  private final Setup setup;
  private final Path state;
  private final List<Command> running = new ArrayList<>();

  Gates(Reactor reactor, Setup setup, Path state) {
    this.reactor = reactor;
    this.setup = setup;
    this.state = state;
  }

  /** Lets Maven look at the sources of the modules in which something changed, beside the rest. */
  void startSources(Set<String> files) throws IOException {
    Set<String> modules = new TreeSet<>();
    for (String file : files) {
      modules.add(reactor.moduleOf(file).map(Module::name).orElse("."));
    }
    if (!modules.isEmpty()) {
      running.add(
          Command.maven(
              reactor.root(),
              state.resolve("gates.log"),
              List.of(
                  "-q",
                  "spotless:check@format",
                  "checkstyle:check@size-and-javadoc",
                  "-pl",
                  String.join(",", modules))));
    }
  }

  /** Looks for forbidden calls in these classes, part by part; Maven would look at all of them. */
  void startClasses(Map<String, Set<String>> classesOfParts) throws IOException {
    for (Module module : reactor.modules()) {
      for (Module.Part part : Module.Part.values()) {
        Path output = module.output(part);
        Set<String> classes =
            classesOfParts.getOrDefault(reactor.root().relativize(output).toString(), Set.of());
        if (!classes.isEmpty()) {
          running.add(forbidden(module, part, classes));
        }
      }
    }
  }

  private Command forbidden(Module module, Module.Part part, Set<String> classes)
      throws IOException {
    Pom pom = Pom.read(reactor.root().resolve("pom.xml"));
    Map<String, String> known = new TreeMap<>();
    known.put("maven.multiModuleProjectDirectory", reactor.root().toString());
    String release = pom.texts("//maven.compiler.release").getFirst();
    String execution =
        FORBIDDEN + "//execution[id='" + (part == Module.Part.MAIN ? "main" : "tests") + "']";
    List<String> words = new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1", "-jar"));
    words.add(jar(pom).toString());
    words.addAll(List.of("--allowmissingclasses", "-d", module.output(part).toString()));
    words.addAll(List.of("-i", String.join(",", classes)));
    words.addAll(
        List.of(
            "-c",
            module.classPath(part).stream()
                .filter(Files::exists)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator))));
    for (String name : pom.texts(execution + "//bundledSignature")) {
      // As Maven does it: those that depend on the release carry it in their names.
      boolean plain = name.equals("jdk-non-portable") || name.equals("jdk-system-out");
      words.addAll(
          List.of("-b", plain || name.equals("jdk-reflection") ? name : name + "-" + release));
    }
    for (String name : pom.texts(FORBIDDEN + "/configuration//suppressAnnotation")) {
      words.addAll(List.of("--suppressannotation", name));
    }
    if (part == Module.Part.MAIN) {
      for (String file : pom.texts(FORBIDDEN + "/configuration//signaturesFile")) {
        words.addAll(List.of("-f", Pom.filled(file, known)));
      }
    }
    String log = "forbidden-" + module.name().replace('/', '-') + "-" + part + ".log";
    return Command.start(reactor.root(), state.resolve(log), Map.of(), words);
  }

  private Path jar(Pom pom) throws IOException {
    String version = pom.texts(FORBIDDEN + "/version").getFirst();
    return setup
        .repository()
        .resolve("de/thetaphi/forbiddenapis")
        .resolve(version)
        .resolve("forbiddenapis-" + version + ".jar");
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin/java").toString();
  }

  /** Waits for all of them, and says what they found; true when that is nothing. */
  boolean end() throws IOException, InterruptedException {
    boolean good = true;
    for (Command one : running) {
      if (one.end() != 0) {
        good = false;
        Files.readAllLines(one.log()).stream()
            .filter(line -> !line.startsWith("WARNING:") && !line.isBlank())
            .limit(30)
            .forEach(Say::line);
      }
    }
    return good;
  }
}
