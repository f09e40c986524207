import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A class of system tests, on a system that stays up for the next one: the process {@code
 * WarmStack} of module {@code it}, which has the servers and runs the tests.
 */
final class SystemTest {

  /** Where the servers have their data and logs; a run of Maven has its own in it/target/stack. */
  private static final String FOLDER = "it/target/stack-warm";

  /** Below the root, in which both processes run: the whole path of a socket may be too long. */
  private static final String SOCKET = ".hikae/check/socket";

  /** Its temporary files stay as long as it does, longer than those of the run that starts it. */
  private static final String START =
      ". scripts/temporary.sh; make_temporary stack;"
          + " exec setsid \"$1\" -Djava.io.tmpdir=\"$HIKAE_TMP\""
          + " -Dot.epg.working-dir=\"$HIKAE_TMP_BASE/embedded-pg\" \"${@:2}\"";

  private static final long START_SECONDS = 60;

  private final Reactor reactor;
  private final SourceTree tree;
  private final ClassIndex index;
  private final Path state;

  SystemTest(Reactor reactor, SourceTree tree, ClassIndex index, Path state) {
    this.reactor = reactor;
    this.tree = tree;
    this.index = index;
    this.state = state;
  }

  /**
   * Runs it.
   *
   * @param what the name of a class without its package, with # and a test behind it or not
   * @return whether it passed
   */
  boolean run(String what, Setup setup) throws IOException, InterruptedException {
    String name = find(what.replaceFirst("#.*", "")) + what.replaceFirst("[^#]*", "");
    String portal = tree.digest(f -> f.matches("(protocol|persistence|ejb|web/.*)/src/main/.*"));
    String vault = tree.digest(f -> f.matches("(protocol|crypto|vault)/src/main/.*"));
    String programs = portal + vault + tree.digest(f -> f.matches("(device|admin)/src/main/.*"));
    Path packed = state.resolve("packed");
    if (!Files.exists(packed) || !Files.readString(packed).equals(programs)) {
      Console.step("Packing what is compiled");
      setup.repackage();
      Files.writeString(packed, programs);
    }
    String fingerprint = fingerprint();
    Path running = state.resolve("stack");
    if (!Files.exists(running) || !Files.readString(running).equals(fingerprint) || !answers()) {
      Console.step("Starting a system that stays up until ./check --stop");
      end();
      start();
    }
    // A test that is interrupted leaves the system in a state that nobody knows.
    Files.deleteIfExists(running);
    Console.step("Running " + what);
    String verdict = ask(portal + "\t" + vault + "\t" + name);
    if (verdict.equals("broken")) {
      Console.line("The system is broken and ends; the next run starts a new one.");
    } else {
      Files.writeString(running, fingerprint);
    }
    if (!verdict.equals("passed")) {
      Console.line("What test and servers said: .hikae/check/stack.log, " + FOLDER);
    }
    return verdict.equals("passed");
  }

  private String find(String simpleName) {
    List<String> found =
        index.classes(reactor.tests("it")).stream()
            .map(one -> one.name().replace('/', '.'))
            .filter(name -> name.endsWith("." + simpleName))
            .toList();
    boolean inside =
        index.classes(reactor.tests("it-container")).stream()
            .anyMatch(one -> one.name().endsWith("/" + simpleName));
    if (inside) {
      throw new CheckFailure(
          "Tests inside the server start one of their own: ./verify --repeat 1 " + simpleName);
    }
    if (found.size() != 1) {
      throw new CheckFailure("Module it has " + found.size() + " classes named " + simpleName + ".");
    }
    return found.getFirst();
  }

  /**
   * What a running system cannot take in: servers, realm, scripts, migrations, WarmStack itself.
   */
  private String fingerprint() {
    return tree.digest(
        file ->
            file.matches(
                "(ear/src|keycloak-realm|scripts|testing/src/main|it/src/test/java/org/hikae/it/stack"
                    + "|persistence/src/main/resources/db|web/portal/src/main/webapp/WEB-INF/away"
                    + ")/.*|.*pom\\.xml"));
  }

  private static boolean answers() {
    try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(SOCKET))) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void end() throws IOException, InterruptedException {
    String line = ". scripts/processes.sh; end_processes \"HIKAE_STACK=$HIKAE_CHECK\"";
    ExternalCommand.shell(reactor.root(), state.resolve("end.log"), line, List.of()).succeeds();
  }

  /** Starts the process; the servers begin with the first test that wants them. */
  private void start() throws IOException, InterruptedException {
    Pom pom = new Pom(reactor.root(), "it");
    pom.define("hikae.root", reactor.root().toString());
    List<String> words = new ArrayList<>(List.of("bash", "-c", START, "check", ExternalCommand.java()));
    words.add("-XX:+UseSerialGC");
    words.add("-Dhikae.stack.folder=" + FOLDER);
    pom.settings(
            Pom.plugin("maven-failsafe-plugin")
                + "//execution[id='integration-tests']//systemPropertyVariables")
        .forEach((property, value) -> words.add("-D" + property + "=" + value));
    words.addAll(List.of("-cp", Reactor.joined(reactor.tests("it").classPath())));
    words.addAll(List.of("org.hikae.it.stack.WarmStack", SOCKET));
    ProcessBuilder builder = new ProcessBuilder(words).directory(reactor.root().toFile());
    // The mark of what ends with ./check, and of what ends with ./check --stop.
    builder.environment().put("HIKAE_STACK", builder.environment().remove("HIKAE_CHECK"));
    Path log = state.resolve("stack.log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.redirectInput(Path.of("/dev/null").toFile()).start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new CheckFailure("It did not start; see " + reactor.root().relativize(log));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Lets it run a test, shows what it says, and gives its verdict. */
  private static String ask(String request) throws IOException {
    String verdict = "broken";
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(SOCKET))) {
      new PrintWriter(Channels.newWriter(channel, StandardCharsets.UTF_8), true).println(request);
      BufferedReader in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.matches("passed|failed|broken")) {
          verdict = line;
        } else {
          Console.line(line);
        }
      }
    }
    return verdict;
  }
}
