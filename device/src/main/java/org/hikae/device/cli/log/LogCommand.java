package org.hikae.device.cli.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.PathArguments;
import org.hikae.device.transparency.PortalLogCheck;
import org.hikae.device.transparency.PortalLogResult;
import org.hikae.device.transparency.PortalLogState;
import org.hikae.transparency.log.wire.TransparencyLogVerifier;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.note.wire.SignedNote;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hikae log}. */
@Command(
    name = "log",
    description =
        "Look at the portal's transparency log: that it only grows, and that the vault's card which"
            + " this device uses stands in it for everybody.%n"
            + "Each backup looks, too. To see whether you are shown the same as others, export on"
            + " one device and compare on another; exit code 7 says that it does not fit.")
public final class LogCommand extends AgentCommand {

  @ArgGroup private @Nullable Action action;

  /** One of three. */
  static final class Action {
    @Option(
        names = "--export",
        paramLabel = "FILE",
        description = "Write the end of the log, as it was shown to this device, to a new file.")
    private @Nullable String export;

    @Option(
        names = "--compare",
        paramLabel = "FILE",
        description = "Compare with the end of the log that another device exported.")
    private @Nullable String compare;

    @Option(
        names = "--forget",
        description =
            "Move what is kept of the log aside and begin anew. Only when your IT says why: it is"
                + " your evidence.")
    private boolean forget;

    @SuppressWarnings("NullAway.Init")
    Action() {}
  }

  public LogCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language())) {
      PortalLogPrinter printer = new PortalLogPrinter(here(), output, agent);
      try {
        if (action != null && action.forget) {
          return forget(output, printer.folder());
        }
        return look(output, printer);
      } catch (IOException e) {
        throw new AgentException(
            RunResult.LOCAL, e, "log.unusable", String.valueOf(e.getMessage()));
      }
    }
  }

  private RunResult look(CommandOutput output, PortalLogPrinter printer)
      throws AgentException, IOException {
    PortalLogCheck check = printer.check();
    PortalLogResult result = printer.look(check);
    if (result.state().isSilence()) {
      throw new AgentException(RunResult.NETWORK, "log.not-read");
    }
    if (!result.state().isFine()) {
      throw new AgentException(RunResult.CORRUPT, "log.does-not-fit");
    }
    NoteKey key = check.store().key();
    output.say(
        "log." + result.state(), result.size(), result.before(), key == null ? "" : key.text());
    if (action != null && result.state() == PortalLogState.NONE) {
      throw new AgentException(RunResult.REFUSED, "log.nothing-kept");
    }
    if (action != null && action.export != null) {
      export(output, check, file(action.export));
    }
    if (action != null && action.compare != null) {
      compare(output, printer, check, file(action.compare));
    }
    return RunResult.SUCCESS;
  }

  private Path file(String carried) throws AgentException {
    return Path.of(PathArguments.absolute(here(), carried).toString());
  }

  private static void export(CommandOutput output, PortalLogCheck check, Path file)
      throws AgentException {
    try {
      byte[] end = check.store().checkpoint();
      Files.write(file, end == null ? new byte[0] : end, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "log.not-exported", file);
    }
    output.say("log.exported", file);
  }

  private static void compare(
      CommandOutput output, PortalLogPrinter printer, PortalLogCheck check, Path file)
      throws AgentException, IOException {
    byte[] other;
    try {
      if (Files.size(file) > SignedNote.MAX_BYTES) {
        throw new AgentException(RunResult.REFUSED, "log.no-end", file);
      }
      other = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "log.not-readable", file);
    }
    NoteKey key = check.store().key();
    if (key == null || TransparencyLogVerifier.sizeOf(other, key) == 0) {
      throw new AgentException(RunResult.REFUSED, "log.no-end", file);
    }
    PortalLogResult result = check.compare(key, other);
    if (result.state().isSilence()) {
      throw new AgentException(RunResult.NETWORK, "log.not-read");
    }
    if (result.state() != PortalLogState.FITS) {
      printer.alarm(result);
      throw new AgentException(RunResult.CORRUPT, "log.split", file);
    }
    output.say("log.same", result.before());
  }

  private RunResult forget(CommandOutput output, Path folder) throws AgentException, IOException {
    if (Files.notExists(folder)) {
      throw new AgentException(RunResult.REFUSED, "log.nothing-kept");
    }
    long now = here().clock().instant().getEpochSecond();
    Path aside = folder.resolveSibling(folder.getFileName() + ".until-" + now);
    Files.move(folder, aside);
    output.say("log.forgotten", aside);
    return RunResult.SUCCESS;
  }
}
