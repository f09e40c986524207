package org.hikae.device.cli.protection;

import java.util.Map;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.Agent;
import org.hikae.device.cli.access.Keyring;
import org.hikae.device.cli.access.NewDigitsOptions;
import org.hikae.device.cli.access.PersonOptions;
import org.hikae.device.cli.access.SheetOffer;
import org.hikae.device.cli.access.UnlockOptions;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.Output;
import org.hikae.device.cli.command.Surroundings;
import org.hikae.device.cli.snapshots.SigningStart;
import org.hikae.device.protection.OptInFlow;
import org.hikae.device.protection.Protection;
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

  @Mixin private NewDigitsOptions newDigits = new NewDigitsOptions();

  @Mixin private UnlockOptions unlock = new UnlockOptions();

  public OptInCommand(Surroundings here) {
    super(here);
  }

  @Override
  public RunResult run(Output output) throws AgentException {
    PersonOptions options =
        new PersonOptions(
            yes,
            protection(),
            unlock.method(),
            unlock.passwordFd(),
            unlock.digitKeyFd(),
            newDigits.digitKeyOutFd(),
            unlock.passwordFd(),
            SheetOffer.file(here(), newDigits.sheet()));
    try (Agent agent = Agent.open(here(), output.messages().language());
        RunLock _ = RunLock.take(agent.home())) {
      Keyring keyring = new Keyring(here(), output, agent, options);
      OptInFlow.Outcome outcome = keyring.sheet().around(keyring.optIn()::run);
      output.event("optin", Map.of("outcome", outcome.name()));
      SigningStart.afterOptIn(output, agent, outcome);
      output.say("optin.outcome." + outcome);
      return RunResult.SUCCESS;
    }
  }

  private @Nullable Protection protection() throws AgentException {
    return switch (protect == null ? "" : protect) {
      case "" -> null;
      case "both" -> Protection.BOTH;
      case "password" -> Protection.PASSWORD;
      case "digit-key" -> Protection.DIGIT_KEY;
      default -> throw new AgentException(RunResult.REFUSED, "optin.one-of-three");
    };
  }
}
