package org.hikae.device.cli.protection;

import java.util.Objects;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.BackupKeyAccess;
import org.hikae.device.cli.access.PromptOptions;
import org.hikae.device.cli.access.RecoverySheetOffer;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.DigitKey;
import org.hikae.device.protection.DigitKeyWraps;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hikae sheet}. */
@Command(
    name = "sheet",
    description =
        "Make the sheet of your 64-digit key again, as PDF, to be printed and deleted: the file is"
            + " as good as the key. No device keeps the digits, so it asks for them; hikae keys"
            + " new-digits makes others.")
public final class SheetCommand extends AgentCommand {

  @Parameters(index = "0", paramLabel = "FILE", description = "A new file for the sheet.")
  private @Nullable String file;

  @Option(
      names = "--digit-key-fd",
      paramLabel = "N",
      description = "Read the 64-digit key from this file descriptor instead of asking.")
  private @Nullable Integer digitKeyFd;

  public SheetCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    RawPath sheet =
        Objects.requireNonNull(RecoverySheetOffer.file(here(), Objects.requireNonNull(file)));
    PromptOptions options =
        new PromptOptions(false, null, null, null, digitKeyFd, null, null, sheet);
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language())) {
      BackupKeyAccess backupKeyAccess = new BackupKeyAccess(here(), output, agent, options);
      if (backupKeyAccess.digitWraps().served().isEmpty()) {
        throw new AgentException(RunResult.REFUSED, "keys.no-digits");
      }
      output.say("sheet.type-digits");
      try (DigitKey digits = backupKeyAccess.person().digitKey()) {
        // A sheet of digits that open nothing would be found out when it is needed.
        DigitKeyWraps.OpenedWrap opened = backupKeyAccess.digitWraps().open(digits);
        try (BackupKey key = opened.key()) {
          backupKeyAccess.sheet().write(sheet, digits, key.setId(), key.generation());
        }
      }
      return RunResult.SUCCESS;
    }
  }
}
