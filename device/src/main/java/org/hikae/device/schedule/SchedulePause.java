package org.hikae.device.schedule;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Optional;

/**
 * That a person has paused scheduled backups.
 *
 * @param version of this form, 1
 * @param until seconds since 1970; 0 until it is resumed
 */
public record SchedulePause(int version, long until) {

  /** The form this code writes. */
  public static final int VERSION = 1;

  /** Until then, or until it is resumed. */
  public static SchedulePause until(Optional<Instant> end) {
    return new SchedulePause(VERSION, end.map(Instant::getEpochSecond).orElse(0L));
  }

  /** Whether it is one that this code wrote. */
  @JsonIgnore
  public boolean isSound() {
    return version == VERSION && until >= 0;
  }

  /** When it ends by itself. */
  public Optional<Instant> end() {
    return until == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(until));
  }

  /** Whether it holds at that moment. */
  public boolean at(Instant now) {
    return until == 0 || now.getEpochSecond() < until;
  }
}
