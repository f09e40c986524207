package org.hikae.metrics.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.hikae.metrics.control.JobKind;

/** Takes the time of what the portal does by itself. */
@ApplicationScoped
public class JobMeter {

  @Inject private Meters meters;
  @Inject private Clock clock;

  /** Work in progress. */
  public final class Watch {

    private final JobKind job;
    private final long began = System.nanoTime();

    private Watch(JobKind job) {
      this.job = job;
    }

    /** It ended well; when, only the database knows, because another portal may do it, too. */
    public void ended() {
      meters.worked(job, true, took());
    }

    /** It ended well, at this time. */
    public void succeeded() {
      meters.worked(job, true, took());
      meters.succeeded(job, clock.instant());
    }

    /** It failed. */
    public void failed() {
      meters.worked(job, false, took());
    }

    private Duration took() {
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }

  /** Begins to take the time. A watch that is neither told success nor failure counts nothing. */
  public Watch start(JobKind job) {
    return new Watch(job);
  }
}
