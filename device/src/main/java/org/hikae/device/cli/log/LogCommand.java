package org.hikae.device.cli.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.PathArguments;
import org.hikae.device.cli.command.SecretInput;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.StateFile;
import org.hikae.device.transparency.LogAlarm;
import org.hikae.device.transparency.LogAlarmStore;
import org.hikae.device.transparency.PortalLogCheck;
import org.hikae.device.transparency.PortalLogResult;
import org.hikae.device.transparency.PortalLogState;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.log.wire.TransparencyLogFault;
import org.hikae.transparency.note.wire.Checkpoint;
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
            + " each of two devices and compare on the other; exit code 7 says that it does not"
            + " fit.")
public final class LogCommand extends AgentCommand {

  @ArgGroup private @Nullable Action action;

  @Option(names = "--yes", description = "With --forget or --forget-key: do not ask.")
  private boolean yes;

  /** One of four. */
  static final class Action {
    @Option(
        names = "--export",
        paramLabel = "FILE",
        description =
            "Write the end of the log, as it was shown to this device, to a new file. The portal is"
                + " not asked.")
    private @Nullable String export;

    @Option(
        names = "--compare",
        paramLabel = "FILE",
        description = "Compare with the end of the log that another device exported.")
    private @Nullable String compare;

    @Option(
        names = "--forget",
        description =
            "Move what is kept of the log aside and begin anew, with the key that is kept. Only"
                + " when your IT says why: it is your evidence.")
    private boolean forget;

    @Option(
        names = "--forget-key",
        description =
            "The same with the key, which stays the same also after a restore. Only when your IT"
                + " has lost it.")
    private boolean forgetKey;

    @SuppressWarnings("NullAway.Init")
    Action() {}

    boolean forgets() {
      return forget || forgetKey;
    }
  }

  public LogCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    Action asked = action;
    try {
      if (asked != null && asked.export != null) {
        return export(output, file(asked.export));
      }
      if (asked != null && asked.compare != null) {
        return compare(output, file(asked.compare));
      }
      if (asked != null && asked.forgets()) {
        return forget(output, asked.forgetKey);
      }
      return look(output);
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "log.unusable", String.valueOf(e.getMessage()));
    }
  }

  private RunResult look(CommandOutput output) throws AgentException, IOException {
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language())) {
      PortalLogPrinter printer = new PortalLogPrinter(here(), output, agent);
      PortalLogCheck check = printer.check();
      PortalLogResult result = printer.look(check);
      requireFine(result);
      NoteKey key = check.store().key();
      output.say(
          "log." + result.code(), result.size(), result.before(), key == null ? "" : key.text());
      return RunResult.SUCCESS;
    }
  }

  private static void requireFine(PortalLogResult result) throws AgentException {
    if (result.isSilence()) {
      throw new AgentException(RunResult.NETWORK, "log.not-read");
    }
    if (result.isAlarm()) {
      throw new AgentException(RunResult.CORRUPT, "log.does-not-fit");
    }
  }

  private Path folder() throws AgentException {
    AgentHome home = AgentHome.of(here().environment(), here().userHome());
    return home.logFolder(new StateFile(home).require().profile().server());
  }

  /** What is kept, without a portal: whoever is suspected has no say in what is done with it. */
  private PortalLogCheck kept() throws AgentException {
    return new PortalLogCheck(
        path -> {
          throw new IOException("the portal is not asked for " + path);
        },
        folder(),
        here().clock());
  }

  private Path file(String carried) throws AgentException {
    return Path.of(PathArguments.absolute(here(), carried).toString());
  }

  private RunResult export(CommandOutput output, Path file) throws AgentException, IOException {
    byte[] end = kept().store().checkpoint();
    if (end == null) {
      throw new AgentException(RunResult.REFUSED, "log.nothing-kept");
    }
    try {
      Files.write(file, end, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "log.not-exported", file);
    }
    output.say("log.exported", file);
    return RunResult.SUCCESS;
  }

  private RunResult compare(CommandOutput output, Path file) throws AgentException, IOException {
    byte[] other = end(file);
    PortalLogCheck kept = kept();
    if (!kept.comparesByEntries(other)) {
      return told(output, kept, other, file);
    }
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language())) {
      PortalLogPrinter printer = new PortalLogPrinter(here(), output, agent);
      PortalLogCheck check = printer.check();
      PortalLogResult looked = printer.look(check);
      if (check.store().checkpoint() == null) {
        requireFine(looked);
        throw new AgentException(RunResult.REFUSED, "log.nothing-kept");
      }
      RunResult result = told(output, check, other, file);
      if (looked.isAlarm()) {
        requireFine(looked);
      }
      return result;
    }
  }

  private static byte[] end(Path file) throws AgentException {
    try {
      if (Files.size(file) > SignedNote.MAX_BYTES) {
        throw new AgentException(RunResult.REFUSED, "log.no-end", file);
      }
      byte[] end = Files.readAllBytes(file);
      if (Checkpoint.parse(SignedNote.parse(end).text()).size() == 0) {
        throw new AgentException(RunResult.REFUSED, "log.no-end", file);
      }
      return end;
    } catch (MalformedException e) {
      throw new AgentException(RunResult.REFUSED, "log.no-end", file);
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "log.not-readable", file);
    }
  }

  private RunResult told(CommandOutput output, PortalLogCheck check, byte[] other, Path file)
      throws AgentException, IOException {
    PortalLogResult result = check.compare(other);
    if (result.isSilence()) {
      throw new AgentException(RunResult.NETWORK, "log.not-read");
    }
    NoteKey key = check.store().key();
    if (result.fault() == TransparencyLogFault.BAD_CHECKPOINT) {
      output.event("alarm", Map.of("fault", "LOG_OTHER_KEY"));
      throw new AgentException(
          RunResult.CORRUPT, "log.other-key", file, key == null ? "" : key.text());
    }
    if (result.state() != PortalLogState.FITS) {
      new LogAlarmPrinter(here(), output, folder()).alarm(result);
      throw new AgentException(RunResult.CORRUPT, "log.split", file);
    }
    boolean same = result.size() == result.before();
    output.say(same ? "log.same" : "log.begins", result.before());
    return RunResult.SUCCESS;
  }

  private RunResult forget(CommandOutput output, boolean keyToo)
      throws AgentException, IOException {
    PortalLogCheck kept = kept();
    if (kept.isEmpty()) {
      throw new AgentException(RunResult.REFUSED, "log.nothing-kept");
    }
    agree(output, keyToo);
    output.say("log.forgotten", kept.forget(keyToo));
    return RunResult.SUCCESS;
  }

  /** What an alarm is about, and a key, are moved aside by nobody who only does as a mail says. */
  private void agree(CommandOutput output, boolean keyToo) throws AgentException {
    Optional<LogAlarm> alarm = new LogAlarmStore(folder()).standing();
    LogAlarmPrinter.standing(output.messages(), folder()).ifPresent(output::line);
    if (yes || (alarm.isEmpty() && !keyToo)) {
      return;
    }
    String phrase = output.messages().get("log.forget-phrase");
    SecretInput input = new SecretInput(here().console());
    boolean agreed =
        input.terminal()
            && !output.json()
            && input.visible(output.messages().get("log.forget-type", phrase)).equals(phrase);
    if (!agreed) {
      throw new AgentException(RunResult.CANCELLED, "log.forget-needs-yes");
    }
  }
}
