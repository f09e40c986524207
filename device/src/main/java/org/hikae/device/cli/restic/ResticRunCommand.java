package org.hikae.device.cli.restic;

import java.io.File;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.RawArguments;
import org.hikae.device.files.OwnerOnlyFiles;
import org.hikae.device.restic.ResticLoginProvider;
import org.hikae.device.state.ResticLogin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code hikae restic run}. restic gets its address with its sign-in in its environment, and asks
 * this program for its password; neither is on a command line.
 */
@Command(
    name = "run",
    description =
        "Run the restic of this computer on your repository at the portal, such as: hikae restic run"
            + " -- backup ~/Documents. It ends with restic's own exit code. On a new device it reads"
            + " the repository of another one with --of.")
public final class ResticRunCommand extends AgentCommand {

  /** What would contradict what restic is given here. */
  private static final List<String> OTHERS =
      List.of(
          "RESTIC_REPOSITORY_FILE",
          "RESTIC_REST_USERNAME",
          "RESTIC_REST_PASSWORD",
          "RESTIC_PASSWORD",
          "RESTIC_PASSWORD_FILE");

  /** How long restic may take to end by itself after this program was told to. */
  private static final int GRACE_SECONDS = 5;

  @Mixin private ResticDeviceOption deviceOption = new ResticDeviceOption();

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "ARGS",
      description = "What restic is called with, after --.")
  private List<String> arguments = List.of();

  private int exitCode;

  public ResticRunCommand(AgentEnvironment here) {
    super(here);
  }

  /** restic's exit code, or why it could not be run. */
  @Override
  public Integer call() {
    int failed = super.call();
    return failed == 0 ? exitCode : failed;
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException, IOException {
    String restic = program();
    ProcessBuilder builder;
    // Unlocks this device where that is needed; restic's question is then answered without one.
    try (UnlockedResticRepository access =
        UnlockedResticRepository.open(here(), output, deviceOption, unlock)) {
      SignedInAgent agent = access.agent();
      String repository = access.repository().repository();
      ResticLogin login = new ResticLoginProvider(agent.portal(), agent.stateFile()).of(repository);
      List<String> command = new ArrayList<>(List.of(restic));
      String pem = agent.stateFile().require().profile().caPem();
      if (pem != null) {
        // Before 0.16.0 restic does not read it from its environment.
        command.addAll(List.of("--cacert", authorities(agent, pem).toString()));
      }
      arguments.forEach(argument -> command.add(RawArguments.text(argument)));
      builder = new ProcessBuilder(command).inheritIO();
      environment(builder.environment(), agent, repository, login);
    }
    exitCode = ended(builder);
    return RunResult.SUCCESS;
  }

  private void environment(
      Map<String, String> environment, SignedInAgent agent, String repository, ResticLogin login)
      throws AgentException {
    OTHERS.forEach(environment::remove);
    String address = ResticCommand.address(agent.stateFile().require(), repository);
    environment.put("RESTIC_REPOSITORY", signingIn(address, login));
    environment.put(
        "RESTIC_PASSWORD_COMMAND", quoted(itself()) + " restic password --of " + repository);
    environment.put("HIKAE_HOME", agent.home().folder().toString());
  }

  /**
   * The address with user name and password, the one form that restic before 0.16.1 takes, too.
   * Where restic shows the address it leaves the password out.
   */
  private static String signingIn(String address, ResticLogin login) {
    String user = URLEncoder.encode(login.username(), StandardCharsets.UTF_8);
    String password = URLEncoder.encode(login.password(), StandardCharsets.UTF_8);
    return address.replaceFirst("://", "://" + user + ":" + password + "@");
  }

  /** The authorities that this device trusts, as the file that restic wants. */
  private static Path authorities(SignedInAgent agent, String pem) throws IOException {
    Path file = agent.home().folder().resolve("restic-ca.pem");
    byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
    if (!Files.exists(file) || Arrays.mismatch(Files.readAllBytes(file), bytes) >= 0) {
      Path fresh =
          Files.createTempFile(agent.home().folder(), "restic-ca", ".new", OwnerOnlyFiles.file());
      Files.write(fresh, bytes);
      Files.move(
          fresh,
          file,
          java.nio.file.StandardCopyOption.ATOMIC_MOVE,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  private String itself() throws AgentException {
    String program = here().environment().getOrDefault("HIKAE_PROGRAM", "");
    if (program.isEmpty()) {
      throw new AgentException(RunResult.LOCAL, "restic.run.no-program");
    }
    return program;
  }

  /** As restic splits it: quotes and no other signs. */
  private static String quoted(String program) {
    String quote = program.contains("\"") ? "'" : "\"";
    return quote + program + quote;
  }

  private String program() throws AgentException {
    for (String folder :
        here().environment().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, "restic"))) {
        return Path.of(folder, "restic").toString();
      }
    }
    throw new AgentException(RunResult.LOCAL, "restic.run.missing");
  }

  /** Waits for restic, also when this program is told to end: restic tidies its locks away then. */
  private static int ended(ProcessBuilder builder) throws AgentException, IOException {
    Process process = builder.start();
    Thread hook = Thread.ofPlatform().unstarted(() -> endInOrder(process));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      int code = process.waitFor();
      forget(hook);
      return code;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
      throw new AgentException(RunResult.CANCELLED, "run.cancelled");
    }
  }

  private static void endInOrder(Process process) {
    try {
      // Ctrl-C reached restic too; who ended this program only has not told restic yet.
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroy();
        process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(@Nullable Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook is what waits for restic.
    }
  }
}
