package org.hikae.rollout.view;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.rollout.control.CampaignActionRules;
import org.hikae.rollout.value.CampaignState;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as administrators see it.
 *
 * @param campaignId identifier
 * @param edition grows with every change but inviting; the entity tag
 * @param name what people call it
 * @param description what it is for
 * @param state DRAFT, RUNNING, PAUSED, HALTED, COMPLETED or CANCELLED
 * @param gates what may halt it
 * @param waves in their order
 * @param invited how many it has invited
 * @param observedSince from when on its gates count; absent before the start
 * @param haltedBy the reading that halted it; absent when it is not halted
 * @param createdAt when it was made
 * @param createdBy {@code sub} of who made it
 */
public record CampaignView(
    long campaignId,
    long edition,
    String name,
    @Nullable String description,
    CampaignState state,
    List<GateView> gates,
    List<WaveView> waves,
    long invited,
    @Nullable Instant observedSince,
    @Nullable GateReadingView haltedBy,
    Instant createdAt,
    String createdBy)
    implements Serializable {

  /** Whether this may be done with it now. */
  public boolean may(CampaignAction action) {
    return CampaignActionRules.actions(state, waves.size()).contains(action);
  }

  /** Whether this wave of it may be removed now. */
  public boolean mayRemove(WaveView wave) {
    return CampaignActionRules.mayRemoveWave(state, wave.beganAt() != null);
  }

  /** Whether this wave of it may be begun by hand now. */
  public boolean mayStart(WaveView wave) {
    return CampaignActionRules.mayStartWave(
        state, nextWave().filter(next -> next.waveId() == wave.waveId()).isPresent());
  }

  /** The wave that begins next; empty when every wave has begun. */
  public Optional<WaveView> nextWave() {
    return waves.stream().filter(wave -> wave.beganAt() == null).findFirst();
  }

  /** Whether it invites whoever becomes part of this wave of it. */
  public boolean invitesInto(WaveView wave) {
    return CampaignActionRules.invites(state) && wave.beganAt() != null;
  }
}
