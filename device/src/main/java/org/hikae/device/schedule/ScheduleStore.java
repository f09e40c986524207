package org.hikae.device.schedule;

import java.time.Instant;
import java.util.Optional;
import org.hikae.device.AgentException;
import org.hikae.device.state.AgentHome;

/**
 * What is kept of the schedule: three small files, because each has one writer. The schedule and
 * the pause are written by the person's commands, the runs by whoever holds the run lock.
 */
public final class ScheduleStore {

  private final JsonFile<Schedule> schedule;
  private final JsonFile<ScheduleHistory> scheduleHistory;
  private final JsonFile<SchedulePause> pause;

  /** Of this home. */
  public ScheduleStore(AgentHome home) {
    schedule = new JsonFile<>(home, "schedule.json", Schedule.class, Schedule::isSound);
    scheduleHistory =
        new JsonFile<>(home, "schedule-runs.json", ScheduleHistory.class, ScheduleHistory::isSound);
    pause = new JsonFile<>(home, "pause.json", SchedulePause.class, SchedulePause::isSound);
  }

  /** The schedule, if there is one. */
  public Optional<Schedule> schedule() throws AgentException {
    return schedule.read();
  }

  /** Sets another schedule, whose first backup is due at once. */
  public void set(Schedule value, Instant now) throws AgentException {
    Optional<ScheduleHistory> earlier;
    try {
      earlier = scheduleHistory.read();
    } catch (AgentException e) {
      // A damaged one is replaced: it holds nothing that could not be found out anew.
      earlier = Optional.empty();
    }
    scheduleHistory.write(earlier.map(r -> r.renewed(now)).orElse(ScheduleHistory.begun(now)));
    schedule.write(value);
  }

  /** How it went; as of now when nothing is known. */
  public ScheduleHistory runs(Instant now) throws AgentException {
    Optional<ScheduleHistory> known = scheduleHistory.read();
    if (known.isEmpty()) {
      // Written down, because days without a backup are counted from it.
      scheduleHistory.write(ScheduleHistory.begun(now));
    }
    return known.orElse(ScheduleHistory.begun(now));
  }

  /** Remembers how it went. */
  public void write(ScheduleHistory value) throws AgentException {
    scheduleHistory.write(value);
  }

  /** The pause, if it holds at that moment. */
  public Optional<SchedulePause> paused(Instant now) throws AgentException {
    return pause.read().filter(p -> p.at(now));
  }

  /** Pauses. */
  public void pause(SchedulePause value) throws AgentException {
    pause.write(value);
  }

  /** Ends the pause; whether there was one. */
  public boolean resume() throws AgentException {
    return pause.delete();
  }

  /** Leaves nothing behind; whether there was a schedule. */
  public boolean delete() throws AgentException {
    boolean was = schedule.delete();
    scheduleHistory.delete();
    pause.delete();
    return was;
  }
}
