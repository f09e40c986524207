package org.hikae.device.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hikae.crypto.opaque.client.Argon2idKsf;
import org.hikae.device.schedule.Computer;
import org.hikae.it.agent.Ran;

/**
 * The agent as it ships, but in this process: for what comes after a fault, where a process of its
 * own would only take longer. It pauses for a second at most before it sends a call again.
 */
public final class AgentHere {

  private static final long LONGEST_PAUSE_MILLIS = 1000;

  private final Path home;

  /** The device with this home. */
  public AgentHere(Path home) {
    this.home = home;
  }

  /** The folder with the agent's secrets. */
  public Path home() {
    return home;
  }

  /** Runs a command to its end. */
  public Ran run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] carried = new String[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      carried[i] = RawArguments.carry(arguments[i]);
    }
    int exitCode = Hikae.run(surroundings(out, err), carried);
    return new Ran(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs a command with the backup password on its descriptor. */
  public Ran withPassword(String password, String... arguments) throws IOException {
    Path file = Files.createTempFile("hikae", ".secret");
    try {
      Files.writeString(file, password + "\n");
      try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
        String[] more = {"--unlock", "password", "--password-fd", numberOf(open, file)};
        return run(
            Stream.of(List.of(arguments), List.of(more))
                .flatMap(List::stream)
                .toArray(String[]::new));
      }
    } finally {
      Files.delete(file);
    }
  }

  private Surroundings surroundings(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    return new Surroundings(
        Map.of("HIKAE_HOME", home.toString(), "LC_ALL", "C.UTF-8"),
        home.toString(),
        home.toString().getBytes(StandardCharsets.UTF_8),
        home.resolve("no-defaults"),
        null,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Clock.systemUTC(),
        new SecureRandom(),
        pause -> Thread.sleep(Math.min(LONGEST_PAUSE_MILLIS, pause.toMillis())),
        new Computer(command -> Optional.empty(), home.resolve("no-power"), false),
        new Argon2idKsf());
  }

  /** The number of a descriptor of this process, which the open file has while it is open. */
  private static String numberOf(RandomAccessFile open, Path file) throws IOException {
    if (!open.getFD().valid()) {
      throw new IOException("closed");
    }
    Path real = file.toRealPath();
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      for (Path link : all.toList()) {
        if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(real)) {
          return String.valueOf(link.getFileName());
        }
      }
    }
    throw new IOException("no descriptor for " + file);
  }
}
