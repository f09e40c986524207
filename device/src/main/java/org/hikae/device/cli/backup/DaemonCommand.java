package org.hikae.device.cli.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToIntBiFunction;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.cli.daemon.DaemonListener;
import org.hikae.device.daemon.DaemonEndpoint;
import org.hikae.device.daemon.DaemonGreeting;
import org.hikae.device.daemon.HomeProof;
import org.hikae.device.daemon.ProcessContext;
import org.hikae.device.files.UnusedMemory;
import org.hikae.device.schedule.ScheduleStore;
import org.hikae.device.schedule.SystemdSocketInstaller;
import org.hikae.device.state.AgentHome;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The agent that stays: does other commands, and scheduled backups where there is no systemd. */
@Command(
    name = "daemon",
    description =
        "Stay, and do the work of other hikae commands of yours, which begin and end sooner then;"
            + " started by hand also make the scheduled backups, where there is no systemd.")
public final class DaemonCommand extends AgentCommand {

  /**
   * Longest sleep at a time. Sleeping stands still while the computer is suspended, and the clock
   * may be set: so it is looked at again.
   */
  static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

  /** Nothing is to be looked at: only what comes wakes it up. */
  private static final Duration NO_END = Duration.ofDays(365);

  /** How long the end of the process waits for a run that ends in order; more than the run does. */
  private static final Duration GRACE = Duration.ofSeconds(25);

  private static final int MOST_MINUTES = 7 * 24 * 60;

  @Option(
      names = "--end-after",
      paramLabel = "MINUTES",
      description =
          "End when it had nothing to do for so many minutes; without it, stay until it is"
              + " stopped.")
  private @Nullable Integer endAfter;

  @Option(
      names = "--enable",
      description =
          "Have your systemd start it with the first command that it can do, now and after each"
              + " login.")
  private boolean enable;

  @Option(
      names = "--disable",
      description = "Stop it and have it started no longer; commands work by themselves again.")
  private boolean disable;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final ToIntBiFunction<AgentEnvironment, String[]> commands;

  /**
   * One that does what others ask.
   *
   * @param commands runs a command line of carried arguments
   */
  public DaemonCommand(
      AgentEnvironment here, ToIntBiFunction<AgentEnvironment, String[]> commands) {
    super(here);
    this.commands = commands;
  }

  @Override
  public Integer call() {
    if (enable && disable) {
      throw new ParameterException(spec.commandLine(), "--enable and --disable exclude each other");
    }
    if (endAfter != null && (disable || endAfter < 1 || endAfter > MOST_MINUTES)) {
      throw new ParameterException(
          spec.commandLine(), "--end-after takes 1 to " + MOST_MINUTES + " minutes");
    }
    return super.call();
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    if (enable || disable) {
      return unitsChanged(output);
    }
    ScheduleStore store = new ScheduleStore(home());
    Optional<DaemonEndpoint.Listening> given = DaemonEndpoint.inherited();
    if (given.isPresent()) {
      // Schedules are the business of the timer then.
      stay(output, Optional.empty(), given.get());
      return RunResult.SUCCESS;
    }
    Optional<DaemonEndpoint> endpoint = DaemonEndpoint.of(here().environment());
    if (endpoint.isEmpty()) {
      var _ = ScheduledBackup.require(store);
      stay(output, Optional.of(store), null);
    } else {
      stay(output, Optional.of(store), endpoint.get().listen());
    }
    return RunResult.SUCCESS;
  }

  private AgentHome home() {
    return AgentHome.of(here().environment(), here().userHome());
  }

  private RunResult unitsChanged(CommandOutput output) throws AgentException {
    SystemdSocketInstaller installer =
        new SystemdSocketInstaller(
            here().environment(), here().userHome(), here().computer().programs());
    if (enable) {
      Optional<AgentProgram> program = AgentProgram.of(here(), home());
      if (program.isEmpty() || !installer.available()) {
        throw new AgentException(RunResult.REFUSED, "daemon.no-systemd");
      }
      List<String> command = new ArrayList<>(List.of(program.get().program(), "daemon"));
      if (endAfter != null) {
        command.addAll(List.of("--end-after", endAfter.toString()));
      }
      installer.install(command, program.get().environment(), ProcessContext.umask());
    } else {
      installer.remove();
    }
    output.event("daemon", Map.of("enabled", enable));
    output.say(enable ? "daemon.enabled" : "daemon.disabled");
    return RunResult.SUCCESS;
  }

  /**
   * Until it is told to end, or has nothing to stay for.
   *
   * @param schedule looked at now and then, where that is this process's business
   * @param listening where clients come in; null without a place for it
   */
  private void stay(
      CommandOutput output,
      Optional<ScheduleStore> schedule,
      DaemonEndpoint.@Nullable Listening listening)
      throws AgentException {
    Sleep sleep = new Sleep();
    AtomicBoolean outdated = new AtomicBoolean();
    CountDownLatch ended = new CountDownLatch(1);
    Runnable nothingToEnd = here().interruption().upon(() -> endInOrder(sleep, ended));
    try (DaemonEndpoint.Listening _ = listening;
        DaemonListener clients = clients(listening, schedule.isEmpty(), outdated, sleep)) {
      output.say("daemon.begun");
      loop(output, schedule, clients, outdated, sleep);
      output.say("daemon.ended");
    } finally {
      ended.countDown();
      nothingToEnd.run();
    }
  }

  private @Nullable DaemonListener clients(
      DaemonEndpoint.@Nullable Listening listening,
      boolean startedAgain,
      AtomicBoolean outdated,
      Sleep sleep) {
    if (listening == null) {
      return null;
    }
    HomeProof.forgetLeftovers(home().folder());
    DaemonListener.DaemonEvents events =
        new DaemonListener.DaemonEvents() {
          @Override
          public void rested() {
            UnusedMemory.giveBack();
            sleep.wake();
          }

          @Override
          public void metAnotherBuild() {
            // systemd starts the one that is installed now, with the next command.
            outdated.set(startedAgain);
            sleep.wake();
          }
        };
    DaemonListener listener =
        new DaemonListener(
            listening.channel(),
            here(),
            DaemonGreeting.ofThisBuild(),
            ProcessContext.ofThisProcess(here().environment(), home().folder()),
            commands,
            events);
    listener.start();
    return listener;
  }

  private void loop(
      CommandOutput output,
      Optional<ScheduleStore> schedule,
      @Nullable DaemonListener clients,
      AtomicBoolean outdated,
      Sleep sleep)
      throws AgentException {
    Optional<ScheduledBackup.ScheduleOutcome> told = Optional.empty();
    boolean awake = true;
    while (awake) {
      Duration longest = schedule.isPresent() ? LONGEST_SLEEP : NO_END;
      if (schedule.isPresent() && schedule.get().schedule().isPresent()) {
        ScheduledBackup.ScheduleOutcome outcome = scheduled(output);
        // What is as it was a minute ago is not said again.
        if (!told.equals(Optional.of(outcome))) {
          outcome.tell(output);
          told = Optional.of(outcome);
        }
        longest = untilDue(outcome.next());
      } else if (clients == null) {
        return;
      }
      if (clients != null) {
        if (clients.isResting() && (outdated.get() || idleLeft(clients).isNegative())) {
          return;
        }
        longest = shorter(longest, idleLeft(clients).plusSeconds(1));
      }
      awake = sleep.atMost(longest);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** How much longer it stays if nothing comes. */
  private Duration idleLeft(DaemonListener clients) {
    return endAfter == null ? NO_END : Duration.ofMinutes(endAfter).minus(clients.restingFor());
  }

  /** Until then or for a while; a moment that has passed is held up, and looked at again. */
  private Duration untilDue(Instant next) {
    Duration left = Duration.between(here().clock().instant(), next);
    return left.isPositive() ? shorter(left, LONGEST_SLEEP) : LONGEST_SLEEP;
  }

  /** On a thread of its own, whose priority may be lowered for good. */
  private ScheduledBackup.ScheduleOutcome scheduled(CommandOutput output) throws AgentException {
    AtomicReference<ScheduledBackup.ScheduleOutcome> outcome = new AtomicReference<>();
    AtomicReference<Exception> failure = new AtomicReference<>();
    Thread run =
        Thread.ofPlatform()
            .name("hikae-scheduled")
            .start(
                () -> {
                  try {
                    outcome.set(new ScheduledBackup(here(), output).run());
                  } catch (AgentException | RuntimeException e) {
                    failure.set(e);
                  }
                });
    boolean interrupted = false;
    while (run.isAlive()) {
      try {
        run.join();
      } catch (InterruptedException e) {
        // The end of the process, which the run hears of by itself.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure.get() instanceof AgentException e) {
      throw e;
    }
    if (failure.get() instanceof RuntimeException e) {
      throw e;
    }
    return Objects.requireNonNull(outcome.get());
  }

  private static void endInOrder(Sleep sleep, CountDownLatch ended) {
    sleep.end();
    try {
      var _ = ended.await(GRACE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits, and can be woken, also for good; a run at work is not interrupted, it ends by itself.
   */
  private final class Sleep {
    private boolean ended;
    private boolean woken;
    private @Nullable Thread sleeper;

    /** For so long, or until it is woken; false when that is for good. */
    boolean atMost(Duration longest) {
      synchronized (this) {
        if (ended || woken) {
          woken = false;
          return !ended;
        }
        sleeper = Thread.currentThread();
      }
      boolean interrupted = false;
      try {
        here().pause().wait(longest);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      synchronized (this) {
        sleeper = null;
        boolean forAWhile = woken;
        woken = false;
        // What woke it may have come when it had slept enough.
        var _ = Thread.interrupted();
        return !ended && (forAWhile || !interrupted);
      }
    }

    synchronized void wake() {
      woken = true;
      if (sleeper != null) {
        sleeper.interrupt();
      }
    }

    synchronized void end() {
      ended = true;
      if (sleeper != null) {
        sleeper.interrupt();
      }
    }
  }
}
