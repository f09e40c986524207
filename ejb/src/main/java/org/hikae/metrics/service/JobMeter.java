package org.hikae.metrics.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.hikae.metrics.control.JobKind;
import org.hikae.metrics.control.JobStatus;

/** Takes the time of what the portal does by itself. */
@ApplicationScoped
public class JobMeter {

  @Inject private Meters meters;
  @Inject private Clock clock;

  /** Work in progress. */
  public static final class Watch {

    private final Meters meters;
    private final Clock clock;
    private final JobKind job;
    private final long began = System.nanoTime();

    Watch(Meters meters, Clock clock, JobKind job) {
      this.meters = meters;
      this.clock = clock;
      this.job = job;
    }

    /**
     * It ended so. When a job that another portal may do last ended well, only the database knows;
     * that is not told here.
     */
    public void ended(JobStatus status) {
      switch (status) {
        case DONE -> {
          meters.worked(job, true, took());
          if (!job.isNotedInDatabase()) {
            meters.succeeded(job, clock.instant());
          }
        }
        case FAILED -> meters.worked(job, false, took());
        case NOT_DUE, LEFT_TO_ANOTHER -> {
          // Nothing was done that took time.
        }
      }
    }

    private Duration took() {
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }

  /** Begins to take the time. */
  public Watch start(JobKind job) {
    return new Watch(meters, clock, job);
  }
}
