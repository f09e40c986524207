package org.hikae.device.cli.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.opaque.client.Ksf;
import org.hikae.device.cli.AgentMain;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.Interruption;
import org.hikae.device.cli.command.PersonTerminal;
import org.hikae.device.cli.command.RawArguments;
import org.hikae.device.cli.command.WindowSupervisor;
import org.hikae.device.cli.daemon.ClientEnvironment;
import org.hikae.device.cli.daemon.DaemonClient;
import org.hikae.device.cli.daemon.LostAgentReporter;
import org.hikae.device.http.Sleeper;
import org.hikae.device.login.SignInCache;
import org.hikae.device.schedule.HostComputer;
import org.hikae.device.state.AgentHome;

/** A command line in a temporary home, without a terminal, whose output is kept. */
public final class AgentHarness {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> shown = new CopyOnWriteArrayList<>();
  private final List<Runnable> endings = new CopyOnWriteArrayList<>();
  private final Interruption interruption =
      ending -> {
        endings.add(ending);
        return () -> endings.remove(ending);
      };

  private AgentEnvironment agentEnvironment;

  private AgentHarness(Path home, Map<String, String> more, Ksf ksf) {
    Map<String, String> environment = new LinkedHashMap<>(more);
    environment.put("HIKAE_HOME", home.resolve("hikae").toString());
    agentEnvironment =
        new AgentEnvironment(
            environment,
            home.toString(),
            home.toString().getBytes(StandardCharsets.UTF_8),
            home.resolve("agent.properties"),
            null,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Clock.systemUTC(),
            new SecureRandom(),
            duration -> {},
            new HostComputer(command -> Optional.empty(), home.resolve("power"), false),
            ksf,
            interruption,
            new SignInCache(),
            WindowSupervisor.ofThisProcess(environment));
  }

  /** One whose passwords cost next to nothing, for tests that are about something else. */
  public static AgentHarness in(Path home, Map<String, String> environment) {
    return new AgentHarness(
        home,
        environment,
        bytes -> HmacSha256.mac("cheap".getBytes(StandardCharsets.US_ASCII), bytes));
  }

  /** One whose passwords cost what they cost in production. */
  public static AgentHarness asShipped(Path home) {
    return new AgentHarness(home, Map.of(), AgentEnvironment.real().ksf());
  }

  public AgentEnvironment environment() {
    return agentEnvironment;
  }

  /** The same at another time, with another way to wait, on another computer. */
  public AgentHarness on(
      Map<String, String> more, Clock clock, Sleeper sleeper, HostComputer computer) {
    Map<String, String> environment = new LinkedHashMap<>(agentEnvironment.environment());
    environment.putAll(more);
    agentEnvironment =
        agentEnvironment
            .like()
            .environment(environment)
            .console(null)
            .clock(clock)
            .pause(sleeper)
            .computer(computer)
            .build();
    return this;
  }

  /** The same where somebody sits at a terminal. */
  public AgentHarness at(PersonTerminal terminal) {
    agentEnvironment = agentEnvironment.like().console(terminal).build();
    return this;
  }

  /** Runs a command in a process of its own: what commands of one process share is empty. */
  public int run(String... arguments) {
    return run(new SignInCache(), arguments);
  }

  /** Runs it in a process whose commands share this. */
  public int run(SignInCache signIns, String... arguments) {
    out.reset();
    err.reset();
    return AgentMain.run(sharing(signIns), carried(arguments));
  }

  /** What a process begins with whose commands share nothing with those before it. */
  public AgentEnvironment newProcess() {
    return sharing(new SignInCache());
  }

  private AgentEnvironment sharing(SignInCache signIns) {
    return agentEnvironment.like().signIns(signIns).build();
  }

  /** Hands the command over to an agent that stays; nothing where none takes it. */
  public OptionalInt asClient(String... arguments) {
    out.reset();
    err.reset();
    return new DaemonClient(
            clientEnvironment(), carried -> LostAgentReporter.report(agentEnvironment, carried))
        .run(carried(arguments));
  }

  /** The same as a client of an agent has it. */
  public ClientEnvironment clientEnvironment() {
    return new ClientEnvironment(
        agentEnvironment.environment(),
        agentEnvironment.userHome(),
        agentEnvironment.workingDirectory(),
        agentEnvironment.console(),
        agentEnvironment.out(),
        agentEnvironment.err(),
        agentEnvironment.out().charset().name(),
        agentEnvironment.random(),
        agentEnvironment.interruption(),
        shown::add);
  }

  /** The pages that a client was to show in its browser. */
  public List<String> shown() {
    return shown;
  }

  private static String[] carried(String... arguments) {
    String[] carried = new String[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      carried[i] = RawArguments.carry(arguments[i]);
    }
    return carried;
  }

  /** What Ctrl-C does to a command that runs on another thread. */
  public void interrupt() {
    endings.forEach(ending -> Thread.ofPlatform().daemon().start(ending));
  }

  /** Removes the device's copies of its own manifest, as of one that has not made the backup. */
  public void losesCopies() throws IOException {
    Path cache =
        AgentHome.of(agentEnvironment.environment(), agentEnvironment.userHome()).cacheFolder();
    try (DirectoryStream<Path> copies = Files.newDirectoryStream(cache, "*.sealed")) {
      for (Path copy : copies) {
        Files.delete(copy);
      }
    }
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
