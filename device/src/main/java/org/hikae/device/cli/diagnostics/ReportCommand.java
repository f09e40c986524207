package org.hikae.device.cli.diagnostics;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentJson;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.PathArguments;
import org.hikae.device.cli.command.PersonDialog;
import org.hikae.device.cli.command.PersonDialog.DialogStep;
import org.hikae.device.cli.command.SecretInput;
import org.hikae.device.files.OwnerOnlyFiles;
import org.hikae.device.portal.PortalRefusalException;
import org.hikae.diagnostics.wire.Diagnostics;
import org.hikae.diagnostics.wire.DiagnosticsAnswer;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code hikae report}: what is sent is what was shown, and only when the person says so (spec
 * HK1-R-17).
 */
@Command(
    name = "report",
    description =
        "When you need help: show what this device can tell your IT about itself, such as versions,"
            + " the last runs and whether the portal is reached, and send it if you agree.%n"
            + "It holds no file names, no contents and no passwords.")
public final class ReportCommand extends AgentCommand {

  private static final Set<String> YES = Set.of("y", "yes", "はい");

  @ArgGroup private Action action = new Action();

  /** One of two, or none. */
  static final class Action {
    @Option(
        names = "--yes",
        description = "Send it without being asked; it is printed all the same.")
    private boolean yes;

    @Option(
        names = "--output",
        paramLabel = "FILE",
        description =
            "Write it to a new file instead, as JSON, such as when the portal cannot be reached.")
    private @Nullable String output;
  }

  public ReportCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    Diagnostics diagnostics = new DiagnosticsProbe(here(), output.messages().language()).look();
    new DiagnosticsPrinter(output).show(diagnostics);
    String file = action.output;
    if (file != null) {
      write(output, diagnostics, Path.of(PathArguments.absolute(here(), file).toString()));
    } else if (isWanted(output, diagnostics)) {
      send(output, diagnostics);
    } else {
      output.say("report.only-shown");
    }
    return RunResult.SUCCESS;
  }

  /** Whether to send it; false where nobody can be asked. */
  private boolean isWanted(CommandOutput output, Diagnostics diagnostics) throws AgentException {
    Optional<PersonDialog> dialog = output.dialog();
    SecretInput input = new SecretInput(here().console());
    boolean asks = dialog.isPresent() || (input.terminal() && !output.json());
    if (!action.yes && !asks) {
      return false;
    }
    if (!diagnostics.signedIn()) {
      throw new AgentException(RunResult.REFUSED, "report.not-signed-in");
    }
    if (action.yes) {
      return true;
    }
    String answer =
        dialog.isPresent()
            ? dialog.get().answer(DialogStep.DIAGNOSTICS, Map.of())
            : input.visible(output.messages().get("report.ask"));
    if (YES.contains(answer.toLowerCase(Locale.ROOT))) {
      return true;
    }
    throw new AgentException(RunResult.CANCELLED, "report.not-sent");
  }

  private void send(CommandOutput output, Diagnostics diagnostics) throws AgentException {
    DiagnosticsAnswer answer;
    try (SignedInAgent agent = SignedInAgent.openOnce(here(), output.messages().language())) {
      answer = agent.portal().sendDiagnostics(diagnostics);
    } catch (AgentException e) {
      throw notSent(e);
    }
    output.event(
        "diagnosticsSent",
        Map.of("receivedAt", answer.receivedAt(), "keptUntil", answer.keptUntil()));
    output.say("report.sent", DisplayFormat.time(answer.keptUntil(), ZoneId.systemDefault()));
  }

  /** The way out is a file, for whoever cannot reach the portal or is not heard by it. */
  private static AgentException notSent(AgentException failure) {
    if (failure instanceof PortalRefusalException refusal) {
      if (refusal.is(ProblemCode.TOO_MANY_REQUESTS)) {
        return new AgentException(RunResult.NETWORK, failure, "report.too-often");
      }
      if (refusal.is(ProblemCode.NOT_FOUND) || refusal.is(ProblemCode.METHOD_NOT_ALLOWED)) {
        return new AgentException(RunResult.REFUSED, failure, "report.older-portal");
      }
    }
    return new AgentException(failure.result(), failure, "report.not-delivered", failure);
  }

  private static void write(CommandOutput output, Diagnostics diagnostics, Path file)
      throws AgentException {
    try {
      byte[] json =
          AgentJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(diagnostics);
      try (SeekableByteChannel out =
          Files.newByteChannel(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              OwnerOnlyFiles.file())) {
        ByteBuffer buffer = ByteBuffer.wrap(json);
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("diagnostics are always writable as JSON", e);
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "report.not-written", file);
    }
    output.event("diagnosticsWritten", Map.of("path", file.toString()));
    output.say("report.written", file);
  }
}
