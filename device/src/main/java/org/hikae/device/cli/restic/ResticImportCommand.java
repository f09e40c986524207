package org.hikae.device.cli.restic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hikae.backup.wire.OwnResticRepository;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.RawArguments;
import org.hikae.device.cli.run.BandwidthOptions;
import org.hikae.device.cli.run.ProgressPrinter;
import org.hikae.device.portal.ResticGatewayClient;
import org.hikae.device.restic.LocalResticRepository;
import org.hikae.device.restic.ResticImport;
import org.hikae.device.restic.ResticLoginProvider;
import org.hikae.device.state.ResticLogin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hikae restic import}. */
@Command(
    name = "import",
    description =
        "Bring in a restic repository that lies in a directory, as restic itself or its REST server"
            + " has written it. Every file is compared with its name before it is sent. Cut short,"
            + " the same command goes on where it was. The repository keeps its own password; hikae"
            + " restic setup --own-password has it kept under the key of your backup.")
public final class ResticImportCommand extends AgentCommand {

  @Parameters(
      index = "0",
      paramLabel = "DIRECTORY",
      description = "The directory with config, data, index, keys and snapshots.")
  private @Nullable String directory;

  @Mixin private BandwidthOptions limits = new BandwidthOptions();

  public ResticImportCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException, IOException {
    Path folder =
        Path.of(new String(here().workingDirectory(), StandardCharsets.UTF_8))
            .resolve(RawArguments.text(Objects.requireNonNull(directory)));
    LocalResticRepository from = LocalResticRepository.open(folder);
    try (SignedInAgent agent =
        SignedInAgent.open(here(), output.messages().language(), limits.bandwidth(here()))) {
      String repository = repository(agent);
      ResticLogin login = new ResticLoginProvider(agent.portal(), agent.stateFile()).of(repository);
      ResticGatewayClient to = new ResticGatewayClient(agent.http(), repository, login);
      ImportProgressPrinter importProgressPrinter =
          new ImportProgressPrinter(output, here().clock());
      ResticImport.ImportCounts counts = new ResticImport(from, to, importProgressPrinter).run();
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("repository", repository);
      fields.put("sent", counts.sent());
      fields.put("sentBytes", counts.sentBytes());
      fields.put("there", counts.there());
      fields.put("more", counts.more());
      output.event("resticImport", fields);
      output.say(
          "restic.import.done",
          counts.sent(),
          DisplayFormat.bytes(counts.sentBytes()),
          counts.there());
      output.say("restic.import.next");
      if (counts.more() > 0) {
        output.note("restic.import.more", counts.more());
        return RunResult.PARTIAL;
      }
      return RunResult.SUCCESS;
    }
  }

  /** That of this device, which is made if there is none. */
  private static String repository(SignedInAgent agent) throws AgentException {
    Optional<OwnResticRepository> own = ResticCommand.repositories(agent).ofThisDevice();
    return own.isPresent()
        ? own.get().repository()
        : new ResticLoginProvider(agent.portal(), agent.stateFile()).fresh();
  }

  /** A line now and then, and each file that was refused, at most a thousand. */
  private static final class ImportProgressPrinter implements ResticImport.ImportListener {

    private static final Duration STEP = Duration.ofSeconds(10);

    private final CommandOutput output;
    private final Clock clock;
    private Instant next;
    private int refused;

    ImportProgressPrinter(CommandOutput output, Clock clock) {
      this.output = output;
      this.clock = clock;
      this.next = clock.instant().plus(STEP);
    }

    @Override
    public void advanced(long objects, long sentBytes) {
      Instant now = clock.instant();
      if (now.isBefore(next)) {
        return;
      }
      next = now.plus(STEP);
      output.event("progress", Map.of("objects", objects, "sentBytes", sentBytes));
      output.say("restic.import.progress", objects, DisplayFormat.bytes(sentBytes));
    }

    @Override
    public void refused(LocalResticRepository.LocalObject object, boolean tooLarge) {
      refused++;
      if (refused <= ProgressPrinter.MAX_WARNINGS) {
        output.event(
            "resticRefused", Map.of("path", object.file().toString(), "tooLarge", tooLarge));
        output.note(
            tooLarge ? "restic.import.too-large" : "restic.import.not-its-name", object.file());
      }
    }
  }
}
