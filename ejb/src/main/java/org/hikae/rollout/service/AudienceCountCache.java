package org.hikae.rollout.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Supplier;
import org.hikae.rollout.store.AudienceStore.GroupCount;
import org.hikae.rollout.value.Audience;
import org.hikae.runtime.control.KeyedCache;

/** Counts of audiences, for all administrators who look at the same wave. */
@ApplicationScoped
public class AudienceCountCache {

  private final KeyedCache<AudienceKey, Counts> audiences = new KeyedCache<>();
  private final KeyedCache<String, List<GroupCount>> everybody = new KeyedCache<>();

  /** An audience as a campaign sees it. */
  private record AudienceKey(long campaignId, Audience audience) {}

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
    return audiences.get(new AudienceKey(campaignId, audience), count);
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
