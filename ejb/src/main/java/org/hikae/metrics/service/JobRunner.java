package org.hikae.metrics.service;

import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.hikae.metrics.control.JobStatus;

/**
 * What each timer does around its work: takes the time, goes on step by step, and tells the log of
 * a failure. That it tells once, until the work could be done again. Nothing is thrown: the
 * container would call the timer again at once, and one that sets its own next time would do so
 * twice.
 */
public final class JobRunner {

  private final System.Logger log;
  private final System.Logger.Level level;
  private final String failure;

  private boolean failing;

  /**
   * For one job.
   *
   * @param timer what begins it, in whose name the log is written
   * @param failure what to say when it fails, such as "The figures cannot be read now"
   */
  public JobRunner(Class<?> timer, System.Logger.Level level, String failure) {
    this(System.getLogger(timer.getName()), level, failure);
  }

  JobRunner(System.Logger log, System.Logger.Level level, String failure) {
    this.log = log;
    this.level = level;
    this.failure = failure;
  }

  /** Does work whose time is taken. */
  public JobStatus run(JobMeter.Watch watch, Callable<JobStatus> work) {
    JobStatus status = run(work);
    watch.ended(status);
    return status;
  }

  /** Does work whose time nobody asks for. */
  public JobStatus run(Callable<JobStatus> work) {
    try {
      JobStatus status = work.call();
      if (status == JobStatus.DONE || status == JobStatus.NOT_DUE) {
        failing = false;
      }
      return status;
    } catch (Exception e) {
      if (!failing) {
        tell(e);
      }
      failing = true;
      return JobStatus.FAILED;
    }
  }

  /** What may well happen, such as a vault that does not answer, fills no page of the log. */
  private void tell(Exception e) {
    if (e instanceof RuntimeException) {
      log.log(level, failure + "; trying again", e);
    } else {
      log.log(level, failure + ": " + e + "; trying again");
    }
  }

  /** Whether the work has failed since it was last done. */
  public boolean isFailing() {
    return failing;
  }

  /**
   * Takes steps, each of which is a transaction of its own, until one says that nothing is left.
   *
   * @param most how many at most; the next turn goes on
   */
  public static JobStatus steps(int most, BooleanSupplier step) {
    for (int taken = 0; taken < most && step.getAsBoolean(); taken++) {
      // The step did it.
    }
    return JobStatus.DONE;
  }
}
