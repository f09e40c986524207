package org.hikae.device.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.hikae.device.AgentException;

/** What speaks against a scheduled backup just now. Safe for several threads. */
public final class BackupDeferral implements BooleanSupplier {

  /** How often it is asked again during a run. */
  private static final Duration STEP = Duration.ofSeconds(10);

  private final ScheduleStore store;
  private final Schedule schedule;
  private final HostComputer computer;
  private final Clock clock;
  private Instant asked = Instant.MIN;
  private Optional<Reason> last = Optional.empty();

  /** Of this schedule. */
  public BackupDeferral(
      ScheduleStore store, Schedule schedule, HostComputer computer, Clock clock) {
    this.store = store;
    this.schedule = schedule;
    this.computer = computer;
    this.clock = clock;
  }

  /** The closed list of reasons. */
  public enum Reason {
    /** A person has paused backups. */
    PAUSED,
    /** The computer runs on battery. */
    BATTERY,
    /** The network costs by the byte. */
    METERED
  }

  /** The first reason, if there is one. */
  public synchronized Optional<Reason> reason() throws AgentException {
    asked = clock.instant();
    if (store.paused(asked).isPresent()) {
      last = Optional.of(Reason.PAUSED);
    } else if (!schedule.onBattery() && BatteryPower.onBattery(computer.powerSupplies())) {
      last = Optional.of(Reason.BATTERY);
    } else if (!schedule.onMetered() && MeteredNetwork.metered(computer.programs())) {
      last = Optional.of(Reason.METERED);
    } else {
      last = Optional.empty();
    }
    return last;
  }

  /** The reason as it was last seen. */
  public synchronized Optional<Reason> last() {
    return last;
  }

  /** Whether a run should end now and be continued later; asks again every ten seconds. */
  @Override
  public synchronized boolean getAsBoolean() {
    if (Duration.between(asked, clock.instant()).abs().compareTo(STEP) >= 0) {
      try {
        return reason().isPresent();
      } catch (AgentException e) {
        // A pause that cannot be read holds: the person wanted quiet.
        last = Optional.of(Reason.PAUSED);
      }
    }
    return last.isPresent();
  }
}
