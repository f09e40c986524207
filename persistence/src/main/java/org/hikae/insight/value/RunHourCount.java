package org.hikae.insight.value;

/**
 * How the runs ended that began in an hour of the day, on any of several days.
 *
 * @param hour 0 to 23
 * @param done ended well, also in part
 * @param failed ended in a way of {@link EmployeeFilter#FAILURES}
 * @param open at work, stopped, or cut off
 */
public record RunHourCount(int hour, long done, long failed, long open) {

  /** All that began in it. */
  public long total() {
    return done + failed + open;
  }

  RunHourCount plus(RunPeriodCount period) {
    return new RunHourCount(
        hour, done + period.done(), failed + period.failed(), open + period.open());
  }
}
