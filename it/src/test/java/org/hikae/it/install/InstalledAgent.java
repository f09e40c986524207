package org.hikae.it.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hikae.it.agent.AgentResult;

/** An employee's device with the agent as it is built, which knows what the guide says it needs. */
final class InstalledAgent {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIMIT_SECONDS = 120;
  private static final String AGENT =
      """
      export HIKAE_HOME=/srv/laptop/$1 HIKAE_MANAGED=/dev/null
      shift
      exec /srv/hikae/device/target/hikae/bin/hikae "$@"
      """;

  private final GuestMachine machine;
  private final String name;

  InstalledAgent(GuestMachine machine, String name) throws IOException {
    this.machine = machine;
    this.name = name;
    Files.createDirectories(machine.at("/srv/laptop"));
  }

  /** Signs in by the device grant; the person is asked to open the address. */
  void login(String portal, Consumer<URI> person) throws IOException, InterruptedException {
    String pinned = Files.readString(machine.at("/etc/hikae/vault-root")).strip();
    Path err = machine.at("/srv/laptop").resolve(name + ".err");
    Process process =
        start(
                AGENT,
                "login",
                "--json",
                "--server",
                portal,
                "--ca-file",
                "/etc/hikae/ca.pem",
                "--vault-root",
                pinned,
                "--device-name",
                name)
            .redirectError(err.toFile())
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
        JsonNode event = JSON.readTree(line);
        if (event.path("event").asText().equals("verification")) {
          person.accept(URI.create(event.path("verificationUriComplete").asText()));
        }
      }
    }
    await(process, err);
    done(new AgentResult(process.exitValue(), String.join("\n", lines), Files.readString(err)));
  }

  /** Runs a command, which must succeed. */
  AgentResult run(String... arguments) throws IOException, InterruptedException {
    return run(AGENT, arguments);
  }

  /** Runs a command with the backup password, which must succeed. */
  AgentResult withPassword(String password, String... arguments)
      throws IOException, InterruptedException {
    Files.writeString(machine.at("/srv/laptop/password"), password + "\n");
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--unlock", "password", "--password-fd", "3"));
    return run("exec 3< /srv/laptop/password\n" + AGENT, all.toArray(new String[0]));
  }

  private AgentResult run(String script, String... arguments)
      throws IOException, InterruptedException {
    Path out = machine.at("/srv/laptop").resolve(name + ".out");
    Path err = machine.at("/srv/laptop").resolve(name + ".err");
    Process process =
        start(script, arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    await(process, err);
    return done(new AgentResult(process.exitValue(), Files.readString(out), Files.readString(err)));
  }

  private ProcessBuilder start(String script, String... arguments) {
    List<String> parameters = new ArrayList<>(List.of(name));
    parameters.addAll(List.of(arguments));
    return machine.command(script, parameters.toArray(new String[0]));
  }

  private static AgentResult done(AgentResult agentResult) {
    assertThat(agentResult.exitCode()).as("%s", agentResult).isEqualTo(AgentResult.DONE);
    return agentResult;
  }

  private static void await(Process process, Path err) throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the agent did not end: " + Files.readString(err));
    }
  }
}
