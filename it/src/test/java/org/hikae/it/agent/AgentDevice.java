package org.hikae.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hikae.it.client.KeycloakFormClient;
import org.hikae.it.client.TestAccount;
import org.hikae.it.stack.Stack;
import org.hikae.testing.BuildOutput;
import org.jspecify.annotations.Nullable;

/**
 * One device: a home folder and the shipped {@code hikae} command, which is a process of its own
 * unless a test says that it may run {@link #here}. Secrets reach it through file descriptors only,
 * as the agent demands.
 */
public final class AgentDevice {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int ROWS = 4;
  private static final String PASSWORD = "--password-fd";
  private static final String DIGITS = "--digit-key-fd";
  private static final String KEY_OUT = "--digit-key-out-fd";

  /** Those before are the standard ones. */
  private static final int FIRST_DESCRIPTOR = 3;

  private final Stack stack;
  private final Path folder;
  private String server;
  private final List<String> options = new ArrayList<>();
  private String path = System.getenv().getOrDefault("PATH", "");
  private @Nullable Path userHome;
  private @Nullable InProcessAgent here;

  /** A device without any state, with a new folder of its own. */
  public AgentDevice(Stack stack, Path folder) throws IOException {
    this.stack = stack;
    this.folder = Files.createDirectories(folder);
    this.server = stack.portalUrl().toString();
  }

  /** The same by way of another address, which a sign-in makes its own. */
  public AgentDevice by(String url) {
    server = url;
    return this;
  }

  /** The same whose program starts sooner, at the cost of large trees. */
  public AgentDevice quick() {
    options.add("-XX:TieredStopAtLevel=1");
    return this;
  }

  /** The same that finds programs in this folder first. */
  public AgentDevice findingFirst(Path programs) {
    path = programs + File.pathSeparator + path;
    return this;
  }

  /** The same whose person has another home, for what begins with {@code ~}. */
  public AgentDevice livingIn(Path other) {
    options.add("-Duser.home=" + other);
    userHome = other;
    return this;
  }

  /**
   * The same whose commands run in this process from now on, which saves them their start: for
   * tests that are about what is stored and answered. What is begun, at a terminal or without
   * privileges stays a process.
   */
  public AgentDevice here() {
    here = userHome == null ? new InProcessAgent(home()) : new InProcessAgent(home(), userHome);
    return this;
  }

  /** The same whose commands are processes from now on. */
  public AgentDevice asProcess() {
    here = null;
    return this;
  }

  /** The folder with the agent's secrets. */
  public Path home() {
    return folder.resolve("home");
  }

  /** The identifier of the employee's set, once the person has opted in. */
  public String setId() throws IOException {
    String id = JSON.readTree(home().resolve("secrets.json").toFile()).at("/set/setId").asText();
    assertThat(id).matches("[0-9a-f]{32}");
    return id;
  }

  /** Signs in by the device grant, which the person approves on Keycloak's pages. */
  public AgentResult login(TestAccount testAccount) throws IOException, InterruptedException {
    String[] arguments = {
      "login",
      "--json",
      "--server",
      server,
      "--ca-file",
      stack.caFile().toString(),
      "--vault-root",
      stack.vault().rootFingerprint(),
      "--device-name",
      folder.getFileName().toString()
    };
    AgentResult agentResult =
        here == null
            ? loginByProcess(testAccount, arguments)
            : here.run(line -> approve(line, testAccount), arguments);
    assertThat(agentResult.exitCode()).as("%s", agentResult).isZero();
    return agentResult;
  }

  private AgentResult loginByProcess(TestAccount testAccount, String... arguments)
      throws IOException, InterruptedException {
    Process process = start(command(arguments)).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
        approve(line, testAccount);
      }
    }
    return ended(process, String.join("\n", lines));
  }

  private void approve(String line, TestAccount testAccount) {
    try {
      JsonNode event = JSON.readTree(line);
      if (event.path("event").asText().equals("verification")) {
        new KeycloakFormClient(stack.keycloakUrl(), testAccount)
            .finish(URI.create(event.path("verificationUriComplete").asText()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Opts in and gives the 64-digit key, or the empty string when none was made.
   *
   * @param protect both, password or digit-key
   */
  public String optIn(String protect, String password) throws IOException, InterruptedException {
    String[] arguments = {"optin", "--yes", "--protect", protect, "--unlock", "password", "--json"};
    ShownDigitKey shown =
        shows(Map.of(PASSWORD, secret(password)), !protect.equals("password"), arguments);
    assertThat(shown.ran().exitCode()).as("%s", shown.ran()).isZero();
    assertThat(shown.ran().event("optin").path("outcome").asText()).isEqualTo("OPTED_IN");
    return shown.digits();
  }

  /** How a command ended that showed a 64-digit key, and the key. */
  record ShownDigitKey(AgentResult ran, String digits) {}

  /** Runs a command that makes a 64-digit key, of which a row is typed back. */
  ShownDigitKey makesDigits(String... arguments) throws IOException, InterruptedException {
    return shows(Map.of(), true, arguments);
  }

  private ShownDigitKey shows(Map<String, Path> secrets, boolean digits, String... arguments)
      throws IOException, InterruptedException {
    if (!digits) {
      return new ShownDigitKey(with(secrets, arguments), "");
    }
    Path key = fifo("key");
    Path row = fifo("row");
    Map<String, Path> descriptors = new HashMap<>(secrets);
    descriptors.put(KEY_OUT, key);
    descriptors.put(DIGITS, row);
    FutureTask<String> typing = new FutureTask<>(() -> typeBack(key, row));
    Thread.ofPlatform().daemon().name("types a row back").start(typing);
    AgentResult agentResult = with(descriptors, arguments);
    // One that failed may have ended before it showed a key; its exit code says why.
    return new ShownDigitKey(
        agentResult, agentResult.exitCode() == AgentResult.DONE ? typed(typing) : "");
  }

  private static String typed(FutureTask<String> typing) throws InterruptedException {
    try {
      return typing.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("no row could be typed back", e);
    }
  }

  /** A command under way, with files of its own for what it says. */
  public record RunningCommand(Process process, Path out, Path err) {
    /** How it ended. */
    public AgentResult ended() throws IOException, InterruptedException {
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return new AgentResult(
          process.exitValue(),
          Files.readString(out),
          Files.readString(err, StandardCharsets.ISO_8859_1));
    }
  }

  /** Begins a command that needs no secret, perhaps beside others. */
  public RunningCommand begin(String name, String... arguments) throws IOException {
    Path out = folder.resolve(name + ".out");
    Path err = folder.resolve(name + ".err");
    ProcessBuilder builder =
        start(command(arguments)).redirectOutput(out.toFile()).redirectError(err.toFile());
    return new RunningCommand(builder.start(), out, err);
  }

  /** Runs a command that needs no secret. */
  public AgentResult run(String... arguments) throws IOException, InterruptedException {
    return with(Map.of(), arguments);
  }

  /**
   * Runs a command as a person does: at a terminal, which asks what the command line leaves open.
   */
  public PseudoTerminal atTerminal(String... arguments) throws IOException {
    return PseudoTerminal.start(start(command(arguments)));
  }

  /**
   * Runs a command without the superuser's right to read what the mode forbids; for other users the
   * same as {@link #run}.
   */
  public AgentResult runWithoutPrivileges(String... arguments)
      throws IOException, InterruptedException {
    List<String> command = command(arguments);
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(0, List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search"));
    }
    return finish(start(command));
  }

  /** Runs a command with the backup password on its descriptor. */
  public AgentResult withPassword(String password, String... arguments)
      throws IOException, InterruptedException {
    return with(Map.of(PASSWORD, secret(password)), unlocking("password", arguments));
  }

  /** Runs a command with the 64-digit key on its descriptor. */
  public AgentResult withDigits(String digits, String... arguments)
      throws IOException, InterruptedException {
    return with(Map.of(DIGITS, secret(digits)), unlocking("digit-key", arguments));
  }

  private static String[] unlocking(String method, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--unlock", method));
    return all.toArray(new String[0]);
  }

  /** Runs a command with the 64-digit key and the password on their descriptors. */
  AgentResult withBoth(String digits, String password, String... arguments)
      throws IOException, InterruptedException {
    Path paper = Files.writeString(folder.resolve("paper"), digits);
    return with(Map.of(DIGITS, paper, PASSWORD, secret(password)), arguments);
  }

  /** Runs a command with the old and the new password on their descriptors. */
  public AgentResult withNewPassword(String old, String fresh, String... arguments)
      throws IOException, InterruptedException {
    Path next = Files.writeString(folder.resolve("next"), fresh + "\n");
    return with(Map.of(PASSWORD, secret(old), "--new-password-fd", next), arguments);
  }

  /** Runs a command with one secret on the descriptor of this option. */
  AgentResult with(String option, String secret, String... arguments)
      throws IOException, InterruptedException {
    return with(Map.of(option, secret(secret)), arguments);
  }

  private AgentResult with(Map<String, Path> descriptors, String... arguments)
      throws IOException, InterruptedException {
    if (here != null) {
      return here.with(descriptors, arguments);
    }
    if (descriptors.isEmpty()) {
      return finish(start(command(arguments)));
    }
    List<String> command = command(arguments);
    StringBuilder redirections = new StringBuilder();
    int number = FIRST_DESCRIPTOR;
    for (Map.Entry<String, Path> descriptor : descriptors.entrySet()) {
      command.addAll(List.of(descriptor.getKey(), String.valueOf(number)));
      // A pipe to write to is opened once somebody reads, and then ends with the process; one that
      // is read stays open, so that the other side need not wait.
      String direction =
          descriptor.getKey().equals(KEY_OUT)
              ? "> "
              : Files.isRegularFile(descriptor.getValue()) ? "< " : "<> ";
      redirections.append(' ').append(number).append(direction).append(descriptor.getValue());
      number++;
    }
    return finish(start(shell(command, redirections.toString())));
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

  private AgentResult finish(ProcessBuilder builder) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    builder.redirectOutput(out.toFile());
    return ended(builder.start(), null);
  }

  private AgentResult ended(Process process, @Nullable String said)
      throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("the agent did not end: " + errors());
    }
    String out = said != null ? said : Files.readString(folder.resolve("out"));
    return new AgentResult(process.exitValue(), out, errors());
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("err"), StandardCharsets.ISO_8859_1);
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(BuildOutput.root().resolve("device/target/hikae/bin/hikae").toString());
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
                "C.UTF-8",
                "PATH",
                path));
    if (!options.isEmpty()) {
      builder.environment().put("JAVA_TOOL_OPTIONS", String.join(" ", options));
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
