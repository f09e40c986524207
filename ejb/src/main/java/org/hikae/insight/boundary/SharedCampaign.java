package org.hikae.insight.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.hikae.runtime.control.Kept;

/** The campaign that runs, whose people are counted once for all who look at the overview. */
@ApplicationScoped
public class SharedCampaign {

  private final Kept<Optional<RunningCampaign>> campaign = new Kept<>(Duration.ofSeconds(15));

  /** The campaign, counted now unless it was within the last quarter of a minute. */
  public Optional<RunningCampaign> running(Instant now, Supplier<Optional<RunningCampaign>> count) {
    return campaign.get(now, count);
  }
}
