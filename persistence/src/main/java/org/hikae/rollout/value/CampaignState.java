package org.hikae.rollout.value;

import java.util.EnumSet;
import java.util.Set;

/** Where a campaign stands, and where it may go from there. */
public enum CampaignState {
  /** Being written; invites nobody. */
  DRAFT,
  /** Invites wave after wave. */
  RUNNING,
  /** Stopped by a person; invites nobody new. */
  PAUSED,
  /** Stopped by one of its gates; invites nobody new. */
  HALTED,
  /** Over: its invitations stand, nobody new is invited. */
  COMPLETED,
  /** Over, and taken back from those who had not opted in. Final. */
  CANCELLED;

  /** Whether a campaign may go from here to {@code next}. */
  public boolean mayBecome(CampaignState next) {
    return nextStates().contains(next);
  }

  /** Whether its waves and gates may still be changed. */
  public boolean isOpen() {
    return this != COMPLETED && this != CANCELLED;
  }

  private Set<CampaignState> nextStates() {
    return switch (this) {
      case DRAFT -> EnumSet.of(RUNNING, CANCELLED);
      case RUNNING -> EnumSet.of(PAUSED, HALTED, COMPLETED, CANCELLED);
      case PAUSED, HALTED -> EnumSet.of(RUNNING, COMPLETED, CANCELLED);
      case COMPLETED -> EnumSet.of(CANCELLED);
      case CANCELLED -> EnumSet.noneOf(CampaignState.class);
    };
  }
}
