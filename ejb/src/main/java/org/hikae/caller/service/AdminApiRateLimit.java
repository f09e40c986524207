package org.hikae.caller.service;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import org.hikae.caller.view.Caller;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.control.TokenBuckets;
import org.hikae.runtime.service.Settings;

/**
 * How often one person or program may use the administration's API, on each node for itself:
 * reading so often a minute as is set, changing a fifth of that.
 */
@ApplicationScoped
public class AdminApiRateLimit {

  /** Reads for each change. */
  private static final int READS_PER_CHANGE = 5;

  private static final int MAX_ACTORS = 10_000;

  @Inject private Settings settings;
  @Inject private CurrentCaller currentCaller;
  @Inject private Clock clock;

  private int readsPerMinute;
  private TokenBuckets reads;
  private TokenBuckets changes;

  @PostConstruct
  void set() {
    readsPerMinute = settings.adminRequestsPerMinute();
    reads = new TokenBuckets(Math.max(1, readsPerMinute), MAX_ACTORS);
    changes = new TokenBuckets(Math.max(1, readsPerMinute / READS_PER_CHANGE), MAX_ACTORS);
  }

  /**
   * Counts a request of the caller.
   *
   * @throws Refusal with the seconds to wait when it is one too many
   */
  public void count(boolean change) {
    if (readsPerMinute > 0) {
      currentCaller.callerIfAny().ifPresent(caller -> count(caller, change));
    }
  }

  private void count(Caller caller, boolean change) {
    String actor = caller.issuer() + " " + caller.subject();
    int seconds = (change ? changes : reads).take(actor, clock.instant());
    if (seconds > 0) {
      throw Refusal.retryAfter(ProblemCode.TOO_MANY_REQUESTS, seconds);
    }
  }
}
