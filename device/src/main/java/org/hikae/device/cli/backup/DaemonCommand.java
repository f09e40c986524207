package org.hikae.device.cli.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.cli.command.AgentCommand;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.command.CommandOutput;
import org.hikae.device.schedule.ScheduleStore;
import org.hikae.device.state.AgentHome;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Makes scheduled backups in the foreground, where there is no systemd. */
@Command(
    name = "daemon",
    description =
        "Make the scheduled backups in the foreground, until it is stopped: where there is no"
            + " systemd. Start it when you log in.")
public final class DaemonCommand extends AgentCommand {

  /**
   * Longest sleep at a time. Sleeping stands still while the computer is suspended, and the clock
   * may be set: so it is looked at again.
   */
  static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

  /** How long the end of the process waits for a run that ends in order; more than the run does. */
  private static final Duration GRACE = Duration.ofSeconds(25);

  public DaemonCommand(AgentEnvironment here) {
    super(here);
  }

  @Override
  public RunResult run(CommandOutput output) throws AgentException {
    ScheduleStore store = new ScheduleStore(AgentHome.of(here().environment(), here().userHome()));
    var _ = ScheduledBackup.require(store);
    Sleep sleep = new Sleep();
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = Thread.ofPlatform().unstarted(() -> endInOrder(sleep, ended));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      output.say("daemon.begun");
      loop(output, store, sleep);
      output.say("daemon.ended");
      return RunResult.SUCCESS;
    } finally {
      ended.countDown();
      forget(hook);
    }
  }

  /** Until it is stopped or there is no schedule any more. */
  private void loop(CommandOutput output, ScheduleStore store, Sleep sleep) throws AgentException {
    Optional<ScheduledBackup.Outcome> told = Optional.empty();
    boolean awake = true;
    while (awake && store.schedule().isPresent()) {
      ScheduledBackup.Outcome outcome = new ScheduledBackup(here(), output).run();
      // What is as it was a minute ago is not said again.
      if (!told.equals(Optional.of(outcome))) {
        outcome.tell(output);
        told = Optional.of(outcome);
      }
      awake = sleep.until(outcome.next());
    }
  }

  private static void endInOrder(Sleep sleep, CountDownLatch ended) {
    sleep.end();
    try {
      var _ = ended.await(GRACE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook is what waits for us.
    }
  }

  /** Waits, and can be woken for good; a run at work is not interrupted, it ends by itself. */
  private final class Sleep {
    private boolean ended;
    private @Nullable Thread sleeper;

    /** Until then or for a while; a moment that has passed is held up, and looked at again. */
    boolean until(Instant next) {
      Duration left = Duration.between(here().clock().instant(), next);
      boolean soon = left.isPositive() && left.compareTo(LONGEST_SLEEP) < 0;
      synchronized (this) {
        if (ended) {
          return false;
        }
        sleeper = Thread.currentThread();
      }
      try {
        here().pause().wait(soon ? left : LONGEST_SLEEP);
      } catch (InterruptedException e) {
        return false;
      } finally {
        synchronized (this) {
          sleeper = null;
        }
      }
      synchronized (this) {
        return !ended;
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
