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
import org.hikae.device.cli.log.PortalLogPrinter;
import org.hikae.device.cli.snapshots.SigningStart;
import org.hikae.device.protection.KeyProtection;
import org.hikae.device.protection.OptInFlow;
import org.hikae.device.state.RunLock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Opts in to the backup, or unlocks it on one more device. */
@Command(
    name = "optin",
    description =
        "Opt in to the backup: read the text, choose how to protect your key, prove that it works.%n"
            + "On another device of yours it unlocks your backup instead.")
public final class OptInCommand extends AgentCommand {

  @Option(
      names = "--yes",
      description = "Agree to the consent text without being asked; it is printed all the same.")
  private boolean yes;

  @Option(
      names = "--protect",
      paramLabel = "both|password|digit-key",
      description =
          "How to protect your key. both: either opens your backup (recommended)."
              + " password: whoever forgets it loses the backup. digit-key: 64 digits that only"
              + " you have; the vault keeps nothing that anyone could guess.")
  private @Nullable String protect;

  @Mixin private NewDigitKeyOptions newDigits = new NewDigitKeyOptions();

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  public OptInCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    PromptOptions options =
        new PromptOptions(
            yes,
            protection(),
            unlock.method(),
            unlock.passwordFd(),
            unlock.digitKeyFd(),
            newDigits.digitKeyOutFd(),
            unlock.passwordFd(),
            RecoverySheetOffer.file(here(), newDigits.sheet()));
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language());
        RunLock _ = RunLock.take(agent.home())) {
      BackupKeyAccess backupKeyAccess = new BackupKeyAccess(here(), output, agent, options);
      new PortalLogPrinter(here(), output, agent).asksBeforePasswords(backupKeyAccess.person());
      OptInFlow.OptInOutcome outcome = backupKeyAccess.sheet().around(backupKeyAccess.optIn()::run);
      output.event("optin", Map.of("outcome", outcome.name()));
      SigningStart.afterOptIn(output, agent, outcome);
      output.say("optin.outcome." + outcome);
      return RunResult.SUCCESS;
    }
  }

  private @Nullable KeyProtection protection() throws AgentException {
    return switch (protect == null ? "" : protect) {
      case "" -> null;
      case "both" -> KeyProtection.BOTH;
      case "password" -> KeyProtection.PASSWORD;
      case "digit-key" -> KeyProtection.DIGIT_KEY;
      default -> throw new AgentException(RunResult.REFUSED, "optin.one-of-three");
    };
  }
}
