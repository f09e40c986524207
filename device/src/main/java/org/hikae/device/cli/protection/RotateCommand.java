package org.hikae.device.cli.protection;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.BackupKeyAccess;
import org.hikae.device.cli.access.NewDigitKeyOptions;
import org.hikae.device.cli.access.PromptOptions;
import org.hikae.device.cli.access.RecoverySheetOffer;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.log.PortalLogPrinter;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.protection.KeyRotation;
import org.hikae.device.state.RunLock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hikae keys rotate}. */
@Command(
    name = "rotate",
    description =
        "Replace the key of your backup itself, such as when a device that has it was stolen. It"
            + " takes the old password and makes a new one, and a new 64-digit key when you have"
            + " one. Earlier snapshots stay readable; the next backup sends everything anew. Run it"
            + " again when it was cut short.")
public final class RotateCommand extends AgentCommand {

  @Option(
      names = "--forgotten",
      description =
          "Without the old password. The vault announces the new one for 72 hours, in which you can"
              + " call it off with hikae veto; run the command again after that.")
  private boolean forgotten;

  @Option(
      names = "--new-password-fd",
      paramLabel = "N",
      description = "Read the new password from this file descriptor.")
  private @Nullable Integer newPasswordFd;

  @Mixin private NewDigitKeyOptions newDigits = new NewDigitKeyOptions();
  @Mixin private UnlockOptions unlock = new UnlockOptions();

  public RotateCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    PromptOptions options =
        unlock.person(newDigits, newPasswordFd, RecoverySheetOffer.file(here(), newDigits.sheet()));
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language());
        RunLock _ = RunLock.take(agent.home())) {
      BackupKeyAccess backupKeyAccess = new BackupKeyAccess(here(), output, agent, options);
      new PortalLogPrinter(here(), output, agent).asksBeforePasswords(backupKeyAccess.person());
      try (BackupKey key = backupKeyAccess.key()) {
        output.say("rotate.what");
        tell(
            output,
            backupKeyAccess.sheet().around(() -> backupKeyAccess.rotation().run(key, forgotten)));
        return RunResult.SUCCESS;
      }
    }
  }

  private static void tell(CommandOutput output, KeyRotation.RotationResult rotationResult) {
    Instant from = rotationResult.endsFrom();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("generation", rotationResult.generation());
    fields.put("ended", from == null);
    fields.put("endsFrom", from == null ? null : from.toString());
    output.event("rotate", fields);
    if (from == null) {
      output.say("rotate.done", rotationResult.generation());
    } else {
      output.say("rotate.announced", from);
    }
  }
}
