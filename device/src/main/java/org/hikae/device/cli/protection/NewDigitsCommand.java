package org.hikae.device.cli.protection;

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
import org.hikae.device.keys.BackupKey;
import org.hikae.device.protection.DigitKeyChange;
import org.hikae.device.state.RunLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hikae keys new-digits}. */
@Command(
    name = "new-digits",
    description =
        "Replace your 64-digit key, such as when the paper is lost. The new one works before the"
            + " old one is revoked; afterwards the old one opens nothing any more. No data is sent"
            + " again.")
public final class NewDigitsCommand extends AgentCommand {

  @Option(
      names = "--finish",
      description =
          "Finish a replacement that was cut short: asks for the 64-digit key that shall stay, and"
              + " revokes every other.")
  private boolean finish;

  @Mixin private NewDigitKeyOptions newDigits = new NewDigitKeyOptions();
  @Mixin private UnlockOptions unlock = new UnlockOptions();

  public NewDigitsCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    PromptOptions options =
        unlock.person(newDigits, null, RecoverySheetOffer.file(here(), newDigits.sheet()));
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language());
        RunLock _ = RunLock.take(agent.home())) {
      BackupKeyAccess backupKeyAccess = new BackupKeyAccess(here(), output, agent, options);
      try (BackupKey key = backupKeyAccess.settledKey()) {
        DigitKeyChange change = backupKeyAccess.digitChange();
        DigitKeyChange.ChangeResult changeResult =
            backupKeyAccess.sheet().around(() -> finish ? change.finish(key) : change.replace(key));
        tell(output, changeResult);
        return RunResult.SUCCESS;
      }
    }
  }

  /** Says which 64-digit key opens the backup now. */
  static void tell(CommandOutput output, DigitKeyChange.ChangeResult changeResult) {
    output.event(
        "digits", Map.of("wrapId", changeResult.wrapId(), "revoked", changeResult.revoked()));
    output.say(changeResult.revoked() == 0 ? "keys.digits-work" : "keys.digits-replaced");
  }
}
