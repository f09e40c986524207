import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Lets PIT try the mutants of some files. */
final class PitRunner {

  private static final String MAIN = "org.pitest.mutationtest.commandline.MutationCoverageReport";

  /**
   * PIT's own choice, and calls left out of a chain, as of a filter or of a field that is signed.
   */
  private static final String MUTATORS = "DEFAULTS,EXPERIMENTAL_NAKED_RECEIVER";

  /** A mutant that loops is ended; a machine with other work must not be taken for one. */
  private static final int LOOP_MILLIS = 20_000;

  private final Path state;

  PitRunner(Path state) {
    this.state = state;
  }

  /**
   * The mutants of each file, or nothing when there was no time for it.
   *
   * @param deadline when it is ended
   */
  Map<MutatedSource, List<Mutant>> run(
      MutationGroup group, List<MutatedSource> sources, Instant deadline)
      throws IOException, InterruptedException {
    Path report = state.resolve("report");
    Files.createDirectories(report);
    Files.deleteIfExists(report.resolve("mutations.xml"));
    Path log = state.resolve("pit.log");
    Process pit =
        new ProcessBuilder(command(group, sources, report))
            .directory(new File(group.testModule()))
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!ended(pit, deadline)) {
      return Map.of();
    }
    if (pit.exitValue() != 0) {
      throw new MutationFailure(reasons(log) + "PIT failed; the whole story is in " + log);
    }
    return read(report.resolve("mutations.xml"), sources);
  }

  /** Most often a test that fails without any mutant. */
  private static String reasons(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line -> line.contains("did not pass without") || line.contains("Exception in "))
          .map(line -> line.substring(Math.max(0, line.indexOf("SEVERE"))) + "\n")
          .collect(Collectors.joining());
    }
  }

  private static boolean ended(Process pit, Instant deadline) throws InterruptedException {
    long left = Duration.between(Instant.now(), deadline).toMillis();
    if (pit.waitFor(Math.max(0, left), TimeUnit.MILLISECONDS)) {
      return true;
    }
    List<ProcessHandle> children = pit.descendants().toList();
    pit.destroyForcibly().waitFor();
    children.forEach(ProcessHandle::destroyForcibly);
    return false;
  }

  private List<String> command(MutationGroup group, List<MutatedSource> sources, Path report)
      throws IOException {
    String tool = Files.readString(state.resolve("pit")).strip();
    Path libraries = state.resolve(group.testModule() + ".libraries");
    Files.write(libraries, classPath(group));
    String classes =
        sources.stream()
            .flatMap(source -> Stream.of(source.type(), source.type() + "$*"))
            .collect(Collectors.joining(","));
    List<String> words =
        new ArrayList<>(
            List.of(java(), "-cp", tool, MAIN, "--reportDir", report.toAbsolutePath().toString()));
    words.addAll(List.of("--targetClasses", classes, "--targetTests", group.tests()));
    if (!group.without().isEmpty()) {
      words.addAll(List.of("--excludedTestClasses", group.without()));
    }
    Path module = Path.of(group.module()).toAbsolutePath();
    words.addAll(List.of("--sourceDirs", module.resolve("src/main/java").toString()));
    words.addAll(List.of("--mutableCodePaths", module.resolve("target/classes").toString()));
    words.addAll(List.of("--classPathFile", libraries.toAbsolutePath().toString()));
    words.addAll(List.of("--mutators", MUTATORS));
    words.addAll(List.of("--outputFormats", "XML", "--timestampedReports=false"));
    words.addAll(List.of("--failWhenNoMutations=false", "--threads", threads()));
    words.addAll(List.of("--timeoutConst", String.valueOf(LOOP_MILLIS)));
    words.add("--jvmArgs=" + String.join(",", jvm()));
    return words;
  }

  /** As of surefire; of our own archives, the folders of the classes that they are made of. */
  private static List<String> classPath(MutationGroup group) throws IOException {
    Path root = Path.of("").toAbsolutePath();
    List<String> all = new ArrayList<>();
    Path target = root.resolve(group.testModule()).resolve("target");
    all.add(target.resolve("test-classes").toString());
    all.add(target.resolve("classes").toString());
    String libraries = Files.readString(target.resolve("mutants-libraries.txt")).strip();
    for (String one : libraries.split(File.pathSeparator)) {
      Path path = Path.of(one);
      boolean archive = path.startsWith(root) && one.endsWith(".jar");
      all.add(archive ? path.resolveSibling("classes").toString() : one);
    }
    return all;
  }

  private static List<String> jvm() {
    return List.of(
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
        "-Dhikae.scope=short",
        "--enable-native-access=ALL-UNNAMED");
  }

  private static String threads() {
    String given = System.getenv("HIKAE_MUTANTS_THREADS");
    return given != null ? given : String.valueOf(Runtime.getRuntime().availableProcessors());
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin/java").toString();
  }

  private static Map<MutatedSource, List<Mutant>> read(Path xml, List<MutatedSource> sources)
      throws IOException {
    Map<String, MutatedSource> byType =
        sources.stream().collect(Collectors.toMap(MutatedSource::type, source -> source));
    Map<MutatedSource, List<Mutant>> found = new TreeMap<>();
    sources.forEach(source -> found.put(source, new ArrayList<>()));
    if (!Files.exists(xml)) {
      // No class had anything to change.
      return found;
    }
    NodeList all = parse(xml);
    for (int i = 0; i < all.getLength(); i++) {
      Element one = (Element) all.item(i);
      String type = text(one, "mutatedClass");
      MutatedSource source = byType.get(type.replaceFirst("\\$.*", ""));
      int line = Integer.parseInt(text(one, "lineNumber"));
      List<String> lines = Files.readAllLines(source.file());
      found
          .get(source)
          .add(
              Mutant.of(
                  type,
                  text(one, "mutatedMethod"),
                  text(one, "description"),
                  line < 1 || line > lines.size() ? "-" : lines.get(line - 1),
                  line,
                  one.getAttribute("status")));
    }
    return found;
  }

  private static NodeList parse(Path xml) throws IOException {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .parse(xml.toFile())
          .getElementsByTagName("mutation");
    } catch (SAXException | ParserConfigurationException e) {
      throw new IOException(xml + " cannot be read", e);
    }
  }

  private static String text(Element parent, String name) {
    return parent.getElementsByTagName(name).item(0).getTextContent();
  }
}
