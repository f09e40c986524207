package org.hikae.it.agent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hikae.crypto.opaque.client.Argon2idKsf;
import org.hikae.device.AgentException;
import org.hikae.device.cli.AgentMain;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.RawArguments;
import org.hikae.device.cli.command.WindowSupervisor;
import org.hikae.device.cli.window.AgentWindow;
import org.hikae.device.login.SignInCache;
import org.hikae.device.schedule.HostComputer;
import org.hikae.device.window.WindowLimits;

/**
 * The agent as it ships, but in this process: for what is not about its program, where a process of
 * its own would only take longer, most of it to start. It pauses for a second at most before it
 * sends a call again.
 */
public final class InProcessAgent {

  private static final long LONGEST_PAUSE_MILLIS = 1000;

  private final Path home;
  private final Path userHome;

  /** The device with this home. */
  public InProcessAgent(Path home) {
    this(home, home);
  }

  /** The same of a person who has another home, for what begins with {@code ~}. */
  public InProcessAgent(Path home, Path userHome) {
    this.home = home;
    this.userHome = userHome;
  }

  /** The folder with the agent's secrets. */
  public Path home() {
    return home;
  }

  /** Opens the window, which else {@code hikae open} does and refuses to do as root. */
  public AgentWindow window(String language) throws AgentException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    return AgentWindow.open(environment(said, said), language, WindowLimits.STANDARD);
  }

  /** Runs a command to its end. */
  public AgentResult run(String... arguments) {
    return run(line -> {}, arguments);
  }

  /** Runs a command to its end and passes each line on that it says, before it says the next. */
  public AgentResult run(Consumer<String> listener, String... arguments) {
    ByteArrayOutputStream out = new LineOutputStream(listener);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] carried = new String[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      carried[i] = RawArguments.carry(arguments[i]);
    }
    int exitCode = AgentMain.run(environment(out, err), carried);
    return new AgentResult(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /**
   * Runs a command with descriptors open, which it takes for its own.
   *
   * @param descriptors options that each get the number of the descriptor of their file
   */
  public AgentResult with(Map<String, Path> descriptors, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    List<RandomAccessFile> open = new ArrayList<>();
    try {
      for (Map.Entry<String, Path> descriptor : descriptors.entrySet()) {
        // Whatever it is, a named pipe included, this neither waits for the other side nor harms.
        open.add(new RandomAccessFile(descriptor.getValue().toFile(), "rw"));
        all.addAll(List.of(descriptor.getKey(), numberOf(descriptor.getValue())));
      }
      return run(all.toArray(new String[0]));
    } finally {
      for (RandomAccessFile file : open) {
        file.close();
      }
    }
  }

  /** Runs a command with the backup password on its descriptor. */
  public AgentResult withPassword(String password, String... arguments) throws IOException {
    Path file = Files.createTempFile("hikae", ".secret");
    try {
      Files.writeString(file, password + "\n");
      List<String> all = new ArrayList<>(List.of(arguments));
      all.addAll(List.of("--unlock", "password"));
      return with(Map.of("--password-fd", file), all.toArray(new String[0]));
    } finally {
      Files.delete(file);
    }
  }

  /** What was said, each line of which somebody hears at once. */
  private static final class LineOutputStream extends ByteArrayOutputStream {

    private final Consumer<String> listener;
    private int heard;

    LineOutputStream(Consumer<String> listener) {
      this.listener = listener;
    }

    @Override
    public void flush() {
      for (int at = heard; at < count; at++) {
        if (buf[at] == '\n') {
          String line = new String(buf, heard, at - heard, StandardCharsets.UTF_8);
          heard = at + 1;
          listener.accept(line);
        }
      }
    }
  }

  private AgentEnvironment environment(OutputStream out, OutputStream err) {
    return new AgentEnvironment(
        Map.of("HIKAE_HOME", home.toString(), "LC_ALL", "C.UTF-8"),
        userHome.toString(),
        home.toString().getBytes(StandardCharsets.UTF_8),
        home.resolve("no-defaults"),
        null,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Clock.systemUTC(),
        new SecureRandom(),
        pause -> Thread.sleep(Math.min(LONGEST_PAUSE_MILLIS, pause.toMillis())),
        new HostComputer(command -> Optional.empty(), home.resolve("no-power"), false),
        new Argon2idKsf(),
        ending -> () -> {},
        new SignInCache(),
        WindowSupervisor.ofThisProcess(Map.of()));
  }

  /** The number of a descriptor of this process that the file has while it is open. */
  private static String numberOf(Path file) throws IOException {
    Path real = file.toRealPath();
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      for (Path link : all.toList()) {
        if (leadsTo(link, real)) {
          return String.valueOf(link.getFileName());
        }
      }
    }
    throw new IOException("no descriptor for " + file);
  }

  private static boolean leadsTo(Path link, Path real) {
    try {
      return Files.readSymbolicLink(link).equals(real);
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }
}
