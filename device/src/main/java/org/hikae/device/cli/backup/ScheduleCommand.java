package org.hikae.device.cli.backup;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.access.SignedInAgent;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.command.RawArguments;
import org.hikae.device.policy.CompanyPolicy;
import org.hikae.device.schedule.Schedule;
import org.hikae.device.schedule.ScheduleStore;
import org.hikae.device.schedule.SystemdTimer;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.StateFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Sets what is backed up by schedule, and when. */
@Command(
    name = "schedule",
    customSynopsis = {
      "hikae schedule [--at=HH:MM] [--every=HOURS] [--on-battery] [--on-metered]",
      "                      [--warn-after=DAYS] [PATH...] [OPTIONS OF hikae backup]",
      "       hikae schedule --show | --off"
    },
    description =
        "Back up by itself, with a timer of your systemd: PATHs (without any, the folders of your"
            + " company's policy), with the options of hikae backup."
            + " What was missed while the computer was off is caught up; what failed is tried"
            + " again. Running it again replaces what was scheduled before.")
public final class ScheduleCommand extends AgentCommand {

  private static final Set<String> NOT_UNATTENDED =
      Set.of("--scheduled", "--dry-run", "--unlock", "--password-fd", "--digit-key-fd");

  @Option(
      names = "--at",
      paramLabel = "HH:MM",
      defaultValue = "12:30",
      description =
          "When it is due, 12:30 by default. It begins up to half an hour later, by chance, so that"
              + " not everybody begins at once.")
  private String at = "12:30";

  @Option(
      names = "--every",
      paramLabel = "HOURS",
      description =
          "How often: every 1, 2, 3, 4, 6, 8, 12 or 24 hours; by default as your company's policy"
              + " says, else 24.")
  private @Nullable Integer every;

  @Option(names = "--on-battery", description = "Back up while the computer runs on battery too.")
  private boolean onBattery;

  @Option(
      names = "--on-metered",
      description = "Back up over a network that costs by the byte too.")
  private boolean onMetered;

  @Option(
      names = "--warn-after",
      paramLabel = "DAYS",
      defaultValue = "3",
      description =
          "Say on the desktop when there has been no backup for so many days; 3 by default.")
  private int warnAfter = 3;

  @Option(names = "--show", description = "Show the schedule and when the next backup is due.")
  private boolean show;

  @Option(
      names = "--off",
      description = "Back up by itself no longer, and remove the timer. What is stored stays.")
  private boolean off;

  // Filled by the parser.
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  public ScheduleCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public Integer call() {
    boolean alone = show || off;
    if ((show && off) || (alone && !arguments.isEmpty())) {
      throw new ParameterException(spec.commandLine(), "--show and --off stand alone");
    }
    if (!alone) {
      requireBackup();
    }
    return super.call();
  }

  /** What is wrong with the command line is said now and not by a timer at night. */
  private void requireBackup() {
    try {
      BackupCommand.parse(here(), arguments).options().stream()
          .filter(NOT_UNATTENDED::contains)
          .findFirst()
          .ifPresent(
              name -> {
                throw new ParameterException(
                    spec.commandLine(), name + " cannot be part of a schedule");
              });
    } catch (ParameterException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    AgentHome home = AgentHome.of(here().environment(), here().userHome());
    ScheduleStore store = new ScheduleStore(home);
    SystemdTimer timer = timer(here());
    if (off) {
      boolean was = off(here());
      output.event("scheduleOff", Map.of("was", was));
      output.say(was ? "schedule.off" : "schedule.was-off");
      return RunResult.SUCCESS;
    }
    if (!show) {
      if (new StateFile(home).require().set() == null) {
        throw new AgentException(RunResult.REFUSED, "schedule.unlock-first");
      }
      // A limit that no run could keep to would end each of them.
      var _ = BackupCommand.parse(here(), arguments).limits().bandwidth(here());
      int byPolicy = everyByPolicy(output);
      Schedule schedule = asked(every == null ? byPolicy : every);
      store.set(schedule, here().clock().instant());
      install(output, timer, home);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    new SchedulePrinter(here(), output).whole(ScheduledBackup.require(store), fields);
    boolean installed = timer.installed();
    fields.put("timer", installed);
    output.event("schedule", fields);
    if (installed) {
      output.say("schedule.timer");
    } else {
      output.note("schedule.no-timer");
    }
    return RunResult.SUCCESS;
  }

  /** Leaves nothing of a schedule behind; whether there was one. */
  public static boolean off(AgentEnvironment here) throws AgentException {
    timer(here).remove();
    return new ScheduleStore(AgentHome.of(here.environment(), here.userHome())).delete();
  }

  private static SystemdTimer timer(AgentEnvironment here) {
    return new SystemdTimer(here.environment(), here.userHome(), here.computer().programs());
  }

  /**
   * Asks the company's policy for what was not said: how often and, where it cannot be made up for
   * otherwise, what. Of what a schedule can be, it takes the longest that is no longer than asked.
   */
  private int everyByPolicy(CommandOutput output) throws AgentException {
    boolean named = BackupCommand.parse(here(), arguments).namesPaths();
    CompanyPolicy policy = CompanyPolicy.NONE;
    try (SignedInAgent agent = SignedInAgent.open(here(), output.messages().language())) {
      policy = CompanyPolicy.ask(agent.portal());
    } catch (AgentException e) {
      if (!named) {
        throw e;
      }
      // The portal cannot be asked now: a schedule is made all the same.
      output.note("schedule.policy-unknown");
    }
    if (!named && policy.include().isEmpty()) {
      throw new AgentException(RunResult.REFUSED, "backup.no-paths");
    }
    int most = policy.everyHours();
    return Schedule.HOURS.stream().filter(one -> one <= most).max(Integer::compare).orElse(24);
  }

  private Schedule asked(int everyHours) throws AgentException {
    int minute;
    try {
      minute = LocalTime.parse(at).toSecondOfDay() / 60;
    } catch (DateTimeParseException e) {
      throw new AgentException(RunResult.REFUSED, e, "schedule.at", at);
    }
    if (!Schedule.HOURS.contains(everyHours)) {
      throw new AgentException(RunResult.REFUSED, "schedule.hours", everyHours);
    }
    if (warnAfter < 1 || warnAfter > Schedule.MAX_WARN_DAYS) {
      throw new AgentException(RunResult.REFUSED, "schedule.days", Schedule.MAX_WARN_DAYS);
    }
    Schedule schedule =
        new Schedule(
            Schedule.VERSION,
            arguments.stream().map(a -> Schedule.text(RawArguments.bytes(a))).toList(),
            Schedule.text(here().workingDirectory()),
            everyHours,
            minute,
            onBattery,
            onMetered,
            warnAfter);
    if (!schedule.isSound()) {
      throw new AgentException(RunResult.REFUSED, "schedule.too-much", Schedule.MAX_ARGUMENTS);
    }
    return schedule;
  }

  private void install(CommandOutput output, SystemdTimer timer, AgentHome home)
      throws AgentException {
    Optional<AgentProgram> program = AgentProgram.of(here(), home);
    if (program.isEmpty() || !timer.available()) {
      return;
    }
    timer.install(
        List.of(
            program.get().program(),
            "backup",
            "--scheduled",
            "--lang",
            output.messages().language()),
        program.get().environment());
  }
}
