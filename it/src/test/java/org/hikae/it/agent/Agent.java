package org.hikae.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hikae.it.Reactor;
import org.hikae.it.caller.Browserless;
import org.hikae.it.caller.Person;
import org.hikae.it.stack.Stack;

/**
 * One device: a home folder and the shipped {@code hikae} command. Secrets reach it through file
 * descriptors only, as the agent demands.
 */
public final class Agent {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int ROWS = 4;

  private final Stack stack;
  private final Path folder;
  private String server;
  private boolean quick;

  /** A device without any state, with a new folder of its own. */
  public Agent(Stack stack, Path folder) throws IOException {
    this.stack = stack;
    this.folder = Files.createDirectories(folder);
    this.server = stack.portalUrl().toString();
  }

  /** The same by way of another address, which a sign-in makes its own. */
  public Agent by(String url) {
    server = url;
    return this;
  }

  /** The same whose program starts sooner, at the cost of large trees. */
  public Agent quick() {
    quick = true;
    return this;
  }

  /** The folder with the agent's secrets. */
  public Path home() {
    return folder.resolve("home");
  }

  /** Signs in by the device grant, which the person approves on Keycloak's pages. */
  public Ran login(Person person) throws IOException, InterruptedException {
    List<String> command =
        command(
            "login",
            "--json",
            "--server",
            server,
            "--ca-file",
            stack.caFile().toString(),
            "--vault-root",
            stack.vault().rootFingerprint(),
            "--device-name",
            folder.getFileName().toString());
    Process process = start(command).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
        JsonNode event = JSON.readTree(line);
        if (event.path("event").asText().equals("verification")) {
          new Browserless(stack.keycloakUrl(), person)
              .finish(URI.create(event.path("verificationUriComplete").asText()));
        }
      }
    }
    Ran ran = ended(process, String.join("\n", lines));
    assertThat(ran.exitCode()).as("%s", ran).isZero();
    return ran;
  }

  /**
   * Opts in and gives the 64-digit key, or the empty string when none was made.
   *
   * @param protect both, password or digit-key
   */
  public String optIn(String protect, String password) throws IOException, InterruptedException {
    List<String> command =
        command("optin", "--yes", "--protect", protect, "--unlock", "password", "--json");
    command.addAll(List.of("--password-fd", "3"));
    Shown shown = shows(command, "3< " + secret(password), !protect.equals("password"));
    assertThat(shown.ran().exitCode()).as("%s", shown.ran()).isZero();
    assertThat(shown.ran().event("optin").path("outcome").asText()).isEqualTo("OPTED_IN");
    return shown.digits();
  }

  /** How a command ended that showed a 64-digit key, and the key. */
  record Shown(Ran ran, String digits) {}

  /** Runs a command that makes a 64-digit key, of which a row is typed back. */
  Shown makesDigits(String... arguments) throws IOException, InterruptedException {
    return shows(command(arguments), "", true);
  }

  private Shown shows(List<String> command, String redirections, boolean digits)
      throws IOException, InterruptedException {
    Path key = fifo("key");
    Path row = fifo("row");
    String all = redirections;
    if (digits) {
      command.addAll(List.of("--digit-key-out-fd", "4", "--digit-key-fd", "5"));
      all += " 4> " + key + " 5<> " + row;
    }
    ProcessBuilder builder = start(shell(command, all));
    builder.redirectOutput(folder.resolve("out").toFile());
    Process process = builder.start();
    String shown = digits ? typeBack(key, row) : "";
    return new Shown(ended(process, null), shown);
  }

  /** A command under way, with files of its own for what it says. */
  public record Begun(Process process, Path out, Path err) {
    /** How it ended. */
    public Ran ended() throws IOException, InterruptedException {
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return new Ran(
          process.exitValue(),
          Files.readString(out),
          Files.readString(err, StandardCharsets.ISO_8859_1));
    }
  }

  /** Begins a command that needs no secret, perhaps beside others. */
  public Begun begin(String name, String... arguments) throws IOException {
    Path out = folder.resolve(name + ".out");
    Path err = folder.resolve(name + ".err");
    ProcessBuilder builder =
        start(command(arguments)).redirectOutput(out.toFile()).redirectError(err.toFile());
    return new Begun(builder.start(), out, err);
  }

  /** Runs a command that needs no secret. */
  public Ran run(String... arguments) throws IOException, InterruptedException {
    return finish(start(command(arguments)));
  }

  /**
   * Runs a command as a person does: at a terminal, which asks what the command line leaves open.
   */
  public Terminal atTerminal(String... arguments) throws IOException {
    return Terminal.start(start(command(arguments)));
  }

  /**
   * Runs a command without the superuser's right to read what the mode forbids; for other users the
   * same as {@link #run}.
   */
  public Ran runWithoutPrivileges(String... arguments) throws IOException, InterruptedException {
    List<String> command = command(arguments);
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(0, List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search"));
    }
    return finish(start(command));
  }

  /** Runs a command with the backup password on its descriptor. */
  public Ran withPassword(String password, String... arguments)
      throws IOException, InterruptedException {
    return withSecret("password", "--password-fd", password, arguments);
  }

  /** Runs a command with the 64-digit key on its descriptor. */
  public Ran withDigits(String digits, String... arguments)
      throws IOException, InterruptedException {
    return withSecret("digit-key", "--digit-key-fd", digits, arguments);
  }

  /** Runs a command with the 64-digit key and the password on their descriptors. */
  Ran withBoth(String digits, String password, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = command(arguments);
    command.addAll(List.of("--digit-key-fd", "3", "--password-fd", "4"));
    Path paper = folder.resolve("paper");
    Files.writeString(paper, digits);
    return finish(start(shell(command, "3< " + paper + " 4< " + secret(password))));
  }

  /** Runs a command with the old and the new password on their descriptors. */
  Ran withNewPassword(String old, String fresh, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = command(arguments);
    command.addAll(List.of("--password-fd", "3", "--new-password-fd", "4"));
    Path next = folder.resolve("next");
    Files.writeString(next, fresh + "\n");
    return finish(start(shell(command, "3< " + secret(old) + " 4< " + next)));
  }

  /** Runs a command with one secret on the descriptor of this option. */
  Ran with(String option, String secret, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = command(arguments);
    command.addAll(List.of(option, "3"));
    return finish(start(shell(command, "3< " + secret(secret))));
  }

  private Ran withSecret(String method, String option, String text, String... arguments)
      throws IOException, InterruptedException {
    Path secret = secret(text);
    List<String> command = command(arguments);
    command.addAll(List.of("--unlock", method, option, "3"));
    return finish(start(shell(command, "3< " + secret)));
  }

  private static String typeBack(Path key, Path row) throws IOException {
    StringBuilder digits = new StringBuilder();
    try (BufferedReader shown =
        new BufferedReader(
            new InputStreamReader(new FileInputStream(key.toFile()), StandardCharsets.US_ASCII))) {
      List<String> rows = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        String line = shown.readLine();
        if (line == null) {
          // The opt-in ended before it showed a key; its exit code says why.
          return "";
        }
        rows.add(line);
        digits.append(line).append('\n');
      }
      int asked = Integer.parseInt(shown.readLine().replace("row ", ""));
      try (FileOutputStream out = new FileOutputStream(row.toFile())) {
        out.write((rows.get(asked - 1) + "\n").getBytes(StandardCharsets.US_ASCII));
      }
    }
    return digits.toString();
  }

  private Ran finish(ProcessBuilder builder) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    builder.redirectOutput(out.toFile());
    return ended(builder.start(), null);
  }

  private Ran ended(Process process, @org.jspecify.annotations.Nullable String said)
      throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("the agent did not end: " + errors());
    }
    String out = said != null ? said : Files.readString(folder.resolve("out"));
    return new Ran(process.exitValue(), out, errors());
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("err"), StandardCharsets.ISO_8859_1);
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Reactor.root().resolve("device/target/hikae/bin/hikae").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /** The same command below a shell, which alone can open further descriptors. */
  private static List<String> shell(List<String> command, String redirections) {
    List<String> shell = new ArrayList<>(List.of("bash", "-c", "exec \"$@\" " + redirections));
    shell.add("hikae");
    shell.addAll(command);
    return shell;
  }

  private ProcessBuilder start(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.of(
                "HIKAE_HOME",
                home().toString(),
                "HIKAE_MANAGED",
                "/dev/null",
                "JAVA_HOME",
                System.getProperty("java.home"),
                "LC_ALL",
                "C.UTF-8"));
    if (quick) {
      builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
    }
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    return builder;
  }

  private Path secret(String text) throws IOException {
    Path file = folder.resolve("secret");
    Files.writeString(file, text + "\n");
    return file;
  }

  private Path fifo(String name) throws IOException, InterruptedException {
    Path fifo = folder.resolve(name);
    Files.deleteIfExists(fifo);
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    return fifo;
  }
}
