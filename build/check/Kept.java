import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/**
 * The system that stays up for {@code ./check --it}: a process of its own, {@code KeptStack} of
 * module {@code it}, which has the servers and runs the tests.
 */
final class Kept {

  /** Where the servers have their data and logs. */
  static final String FOLDER = "it/target/stack-kept";

  private static final long START_SECONDS = 60;
  private static final long END_SECONDS = 90;

  private final Reactor reactor;
  private final Path folder;

  /** What was started: its number, when it began, and what it was started of. */
  private final Table started;

  Kept(Reactor reactor, Path state) throws IOException {
    this.reactor = reactor;
    this.folder = Files.createDirectories(state.resolve("stack"));
    this.started = new Table(folder.resolve("process.tsv"));
  }

  private Path socket() {
    return folder.resolve("socket");
  }

  Path log() {
    return folder.resolve("log");
  }

  /** The process, if it still is the one that was started. */
  private Optional<ProcessHandle> process() {
    String pid = started.get("process", 0);
    return pid.isEmpty()
        ? Optional.empty()
        : ProcessHandle.of(Long.parseLong(pid))
            .filter(one -> begin(one).equals(started.get("process", 1)));
  }

  private static String begin(ProcessHandle process) {
    return process.info().startInstant().map(String::valueOf).orElse("");
  }

  /** Whether one is there that was started of the same. */
  boolean fits(String fingerprint) {
    return process().isPresent()
        && Files.exists(socket())
        && started.get("process", 2).equals(fingerprint);
  }

  /** Asks the running system to take what it does not have yet. */
  void take(String what, String digest) throws IOException, InterruptedException {
    if (started.get(what, 0).equals(digest)) {
      return;
    }
    Say.step("Renewing the " + what);
    if (!ask(what).equals("ok")) {
      stop();
      throw new Failure(
          Failure.WRONG, "That failed, and the system ended; see " + FOLDER + " and " + log());
    }
    has(what, digest);
  }

  /** Notes what a system has from its start. */
  void has(String what, String digest) throws IOException {
    started.put(what, digest);
    started.save();
  }

  /** Starts it; the servers begin with the first test that wants them. */
  void start(String fingerprint) throws IOException, InterruptedException {
    stop();
    Module it = reactor.module("it");
    Pom pom = Pom.read(it.folder().resolve("pom.xml"));
    List<String> words = new ArrayList<>(List.of("setsid", Gates.java(), "-XX:+UseSerialGC"));
    words.add("-Dhikae.root=" + reactor.root());
    // Not where a run of Maven begins its own.
    words.add("-Dhikae.stack.folder=" + FOLDER);
    String settings =
        Pom.plugin("maven-failsafe-plugin")
            + "//execution[id='integration-tests']//systemPropertyVariables/*";
    for (Element one : pom.elements(settings)) {
      if (!one.getTagName().equals("hikae.root")) {
        words.add("-D" + one.getTagName() + "=" + one.getTextContent().strip());
      }
    }
    words.addAll(
        List.of(
            "-cp",
            it.classPath(Module.Part.TEST).stream()
                .filter(Files::exists)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)),
            "org.hikae.it.stack.KeptStack",
            socket().toString()));
    Process process =
        new ProcessBuilder(words)
            .directory(it.folder().toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .start();
    started.put("process", process.pid(), begin(process.toHandle()), fingerprint);
    started.save();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!Files.exists(socket())) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new Failure(Failure.UNTRIED, "The system did not start; see " + log());
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** Asks for something, shows what is answered, and gives the last word. */
  String ask(String request) throws IOException {
    Thread interrupted = new Thread(this::terminate);
    Runtime.getRuntime().addShutdownHook(interrupted);
    String last = "";
    List<String> said = new ArrayList<>();
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(Files.readString(socket())));
      new PrintWriter(Channels.newWriter(channel, StandardCharsets.UTF_8), true).println(request);
      BufferedReader in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("end\t")) {
          String[] fields = line.split("\t");
          Say.step("%s passed, %s failed, %s skipped".formatted(fields[3], fields[4], fields[5]));
          last = fields[3].equals("0") && fields[4].equals("0") ? "none" : last;
        } else if (!line.startsWith("begin\t")) {
          said.add(line);
        }
        last = line.indexOf('\t') < 0 && !last.equals("none") ? line : last;
      }
    }
    Say.failures(said);
    Runtime.getRuntime().removeShutdownHook(interrupted);
    return last;
  }

  /** A test that was interrupted leaves the system in a state that nobody knows. */
  private void terminate() {
    process().ifPresent(ProcessHandle::destroy);
  }

  /** Ends the process and its servers; whether there was one. */
  boolean stop() throws IOException, InterruptedException {
    Optional<ProcessHandle> process = process();
    if (process.isPresent()) {
      process.get().destroy();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
      while (process.get().isAlive()) {
        if (System.nanoTime() > deadline) {
          process.get().descendants().forEach(ProcessHandle::destroyForcibly);
          process.get().destroyForcibly();
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    started.rows().clear();
    started.save();
    Files.deleteIfExists(socket());
    return process.isPresent();
  }
}
