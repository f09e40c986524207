package org.hikae.rollout.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Supplier;
import org.hikae.rollout.store.Audiences.GroupCount;
import org.hikae.rollout.value.Audience;
import org.hikae.runtime.control.KeptEach;

/** Counts of audiences, for all administrators who look at the same wave. */
@ApplicationScoped
public class SharedAudiences {

  private final KeptEach<Asked, Counts> audiences = new KeptEach<>();
  private final KeptEach<String, List<GroupCount>> everybody = new KeptEach<>();

  /** An audience as a campaign sees it. */
  private record Asked(long campaignId, Audience audience) {}

  /**
   * How many are in an audience.
   *
   * @param people all of them
   * @param invited those whom the campaign has invited already
   * @param groups how many of each group
   */
  public record Counts(long people, long invited, List<GroupCount> groups) {}

  /** The counts of an audience, some seconds old at most where they are costly. */
  public Counts of(long campaignId, Audience audience, Supplier<Counts> count) {
    return audiences.get(new Asked(campaignId, audience), count);
  }

  /** How many are in each group, some seconds old at most where that is costly. */
  public List<GroupCount> groups(Supplier<List<GroupCount>> count) {
    return everybody.get("", count);
  }

  /** Forgets the counts: somebody has changed who is meant. */
  public void changed() {
    audiences.forget();
  }
}
