package org.hikae.backup.maintenance.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.hikae.backup.control.ChangeAlarmRules;
import org.hikae.backup.service.ChangeAlarms;
import org.hikae.backup.store.ChangeAlarmStore;
import org.hikae.backup.store.ChangeDayStore;
import org.hikae.identity.service.EmployeeLock;
import org.hikae.policy.service.Policies;

/**
 * The steps by which alarms about many devices are raised, and what devices told is forgotten; each
 * a transaction of its own that holds one employee at most. Repeating a step does no harm, on two
 * nodes at once either. Time comes from the caller.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ChangeAlarmSteps {

  /** People looked up at a time. */
  public static final int PAGE = 100;

  private static final Duration DAY = Duration.ofDays(1);

  /** What was told says something for so long, and ended alarms say since when. */
  private static final Duration KEPT =
      DAY.multipliedBy(ChangeAlarmRules.RECENT_DAYS + ChangeAlarmRules.USUAL_DAYS);

  @Inject private ChangeDayStore days;
  @Inject private ChangeAlarmStore alarms;
  @Inject private ChangeAlarms changeAlarms;
  @Inject private EmployeeLock employeeLock;
  @Inject private Policies policies;

  /**
   * How many people's devices departed.
   *
   * @param now within the last day
   * @param before within the days before
   */
  public record PeopleCounts(long now, long before) {}

  /** How many depart at a moment; each person once, and of now nobody who does so regularly. */
  public PeopleCounts counts(Instant wall) {
    Instant day = wall.minus(DAY);
    return new PeopleCounts(
        days.people(departed(wall)),
        days.people(day.minus(DAY.multipliedBy(ChangeAlarmRules.USUAL_DAYS_OF_MANY)), day));
  }

  /** People above a number about whose devices no alarm stands yet, at most {@link #PAGE}. */
  public List<Long> unalarmed(Instant wall, long after) {
    return days.unalarmed(departed(wall), after, PAGE);
  }

  /**
   * Raises the alarms about one employee's devices, if the policy for them says that so many are an
   * outbreak.
   */
  public void raise(long employeeId, PeopleCounts people, Instant wall) {
    if (ChangeAlarmRules.isOutbreakOfMany(
        people.now(), people.before(), policies.changeAlarmThresholds(employeeId))) {
      employeeLock.lock(employeeId);
      changeAlarms.raiseOfMany(employeeId, wall.minus(DAY), wall);
    }
  }

  /** Forgets some of what devices told too long ago; whether there may be more. */
  public boolean forget(Instant wall) {
    Instant before = wall.minus(KEPT);
    boolean moreDays =
        days.forget(ChangeAlarmRules.usualFrom(LocalDate.ofInstant(wall, ZoneOffset.UTC)))
            == ChangeDayStore.STEP;
    return alarms.forget(before) == ChangeAlarmStore.STEP || moreDays;
  }

  private static ChangeDayStore.Departed departed(Instant wall) {
    return new ChangeDayStore.Departed(
        wall.minus(DAY),
        wall,
        wall.minus(DAY.multipliedBy(ChangeAlarmRules.USUAL_DAYS_OF_MANY)),
        wall.minus(DAY.multipliedBy(ChangeAlarmRules.NEW_DAYS)));
  }
}
