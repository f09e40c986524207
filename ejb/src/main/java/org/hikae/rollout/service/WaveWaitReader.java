package org.hikae.rollout.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.rollout.entity.Wave;
import org.hikae.rollout.store.InvitationStore;
import org.hikae.rollout.view.WaveWait;
import org.hikae.runtime.control.KeyedCache;

/** Says what the next wave of a campaign waits for; works in the transaction of who asks. */
@ApplicationScoped
public class WaveWaitReader {

  @Inject private InvitationStore invitations;
  @Inject private GateFigures figures;

  private final KeyedCache<Long, Optional<WaveWait>> shown = new KeyedCache<>();

  /** The wave that begins next, with all that it waits for; empty when every wave has begun. */
  public Optional<WaveWait> next(List<Wave> waves, Instant now) {
    return WaveStartRules.next(waves)
        .map(next -> WaveStartRules.waits(next, waves, invited(next, waves), figures::health, now));
  }

  /** The same for who looks at its page: of large waves it may be some seconds old. */
  public Optional<WaveWait> shown(long campaignId, List<Wave> waves, Instant now) {
    return shown.get(campaignId, () -> next(waves, now));
  }

  private Map<Long, Long> invited(Wave next, List<Wave> waves) {
    return waves.getFirst().begun() ? invitations.countByWave(next.campaignId()) : Map.of();
  }
}
