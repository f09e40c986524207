package org.hikae.device.cli.possession;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.DisplayFormat;
import org.hikae.device.cli.command.SecretInput;
import org.hikae.device.possession.AskingBudget;
import org.hikae.device.possession.ChallengeSample;
import org.hikae.device.possession.ChallengeSampleStore;
import org.hikae.device.possession.PossessionAlarmStore;
import org.hikae.device.possession.PossessionResult;
import org.hikae.device.state.AgentHome;
import org.hikae.enrollment.wire.OptInState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hikae possession}. */
@Command(
    name = "possession",
    description =
        "Ask the portal for random parts of your stored backup, which it cannot guess beforehand,"
            + " and compare them with what this device noted when it had them.%n"
            + "Backups do it by themselves, within a limit a day. Exit code 7 says that something"
            + " is not as it was stored, or that such an alarm stands.")
public final class PossessionCommand extends AgentCommand {

  private static final int USUAL = 64;
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,7})([kKmM]?)");

  @ArgGroup private @Nullable Action action;

  @Option(names = "--yes", description = "With --forget: do not ask.")
  private boolean yes;

  /** One of three. */
  static final class Action {
    @Option(
        names = "--count",
        paramLabel = "NUMBER",
        description = "Ask for so many parts, each of 64 KiB; from 1 to 1024, else 64.")
    private @Nullable Integer count;

    @Option(
        names = "--daily",
        paramLabel = "SIZE",
        description =
            "From now on backups ask for at most so much a day: in KiB, or with M in MiB, up to"
                + " 1024M. It is 2M at first; 0 asks for nothing.")
    private @Nullable String daily;

    @Option(
        names = "--forget",
        description =
            "Move the evidence of an alarm aside. Only when your IT says why: it is your evidence.")
    private boolean forget;

    @SuppressWarnings("NullAway.Init")
    Action() {}
  }

  public PossessionCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    Action asked = action;
    if (asked != null && asked.forget) {
      return forget(output);
    }
    try (SignedInAgent agent = SignedInAgent.openOnce(here(), output.messages().language())) {
      String setId = PossessionPrinter.setId(agent);
      if (setId == null) {
        throw new AgentException(RunResult.REFUSED, "possession.nothing");
      }
      return asked != null && asked.daily != null
          ? daily(output, agent.home(), setId, bytes(asked.daily))
          : ask(output, agent, setId, asked == null ? null : asked.count);
    }
  }

  private RunResult daily(CommandOutput output, AgentHome home, String setId, long bytes)
      throws AgentException {
    if (!new ChallengeSampleStore(home, here().clock()).asksDaily(setId, bytes)) {
      throw new AgentException(RunResult.LOCAL, "possession.unwritable", home.possessionFolder());
    }
    output.say(
        bytes == 0 ? "possession.daily-none" : "possession.daily", DisplayFormat.bytes(bytes));
    return RunResult.SUCCESS;
  }

  private static long bytes(String size) throws AgentException {
    Matcher parts = SIZE.matcher(size);
    if (!parts.matches()) {
      throw new AgentException(RunResult.REFUSED, "possession.bad-size", size);
    }
    boolean mega = parts.group(2).toLowerCase(Locale.ROOT).equals("m");
    long bytes = Long.parseLong(parts.group(1)) * 1024 * (mega ? 1024 : 1);
    if (bytes > AskingBudget.MAX_DAILY_BYTES) {
      throw new AgentException(RunResult.REFUSED, "possession.bad-size", size);
    }
    return bytes;
  }

  private RunResult ask(
      CommandOutput output, SignedInAgent agent, String setId, @Nullable Integer count)
      throws AgentException {
    int most = count == null ? USUAL : count;
    if (most < 1 || most > ChallengeSample.CAPACITY) {
      throw new AgentException(RunResult.REFUSED, "possession.bad-count", most);
    }
    if (agent.portal().context().state() != OptInState.OPTED_IN) {
      // What was erased because its person wanted that is no loss.
      throw new AgentException(RunResult.REFUSED, "problem.not-opted-in", "", "");
    }
    PossessionPrinter printer = new PossessionPrinter(here(), output);
    PossessionResult result = printer.ask(agent, setId, most);
    printer.summary(result);
    if (new PossessionAlarmStore(agent.home()).standing().isPresent()
        || !result.failures().isEmpty()) {
      throw new AgentException(RunResult.CORRUPT, "possession.failed");
    }
    if (result.unreachable() || result.withheld() > 0) {
      throw new AgentException(RunResult.NETWORK, "possession.unanswered");
    }
    if (result.asked() == 0) {
      throw new AgentException(RunResult.REFUSED, "possession.nothing");
    }
    return RunResult.SUCCESS;
  }

  /** Nobody who only does as a mail says moves evidence aside. */
  private RunResult forget(CommandOutput output) throws AgentException {
    AgentHome home = AgentHome.of(here().environment(), here().userHome());
    PossessionAlarmStore alarms = new PossessionAlarmStore(home);
    Optional<String> standing = PossessionPrinter.standing(output.messages(), home);
    if (standing.isEmpty()) {
      throw new AgentException(RunResult.REFUSED, "possession.no-alarm");
    }
    output.line(standing.get());
    if (!yes && !agreed(output)) {
      throw new AgentException(RunResult.CANCELLED, "possession.forget-needs-yes");
    }
    try {
      output.say("possession.forgotten", alarms.forget(here().clock().instant()));
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "possession.unwritable", alarms.folder());
    }
    return RunResult.SUCCESS;
  }

  private boolean agreed(CommandOutput output) throws AgentException {
    String phrase = output.messages().get("log.forget-phrase");
    SecretInput input = new SecretInput(here().console());
    return input.terminal()
        && !output.json()
        && input.visible(output.messages().get("possession.forget-type", phrase)).equals(phrase);
  }
}
