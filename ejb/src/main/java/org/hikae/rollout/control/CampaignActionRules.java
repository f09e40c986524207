package org.hikae.rollout.control;

import java.util.EnumSet;
import java.util.Set;
import org.hikae.rollout.value.CampaignLimits;
import org.hikae.rollout.value.CampaignState;
import org.hikae.rollout.view.CampaignAction;

/** What may be done with a campaign; pages and use cases ask the same. */
public final class CampaignActionRules {

  private CampaignActionRules() {}

  /**
   * What may be done.
   *
   * @param state where it stands
   * @param waves how many it has
   */
  public static Set<CampaignAction> actions(CampaignState state, int waves) {
    Set<CampaignAction> actions = EnumSet.allOf(CampaignAction.class);
    actions.removeIf(action -> !may(action, state, waves));
    return actions;
  }

  private static boolean may(CampaignAction action, CampaignState state, int waves) {
    boolean draft = state == CampaignState.DRAFT;
    return switch (action) {
      case START -> draft && waves > 0;
      case PAUSE -> state.mayBecome(CampaignState.PAUSED);
      case RESUME -> !draft && state.mayBecome(CampaignState.RUNNING);
      case EDIT -> state.isOpen();
      case ADD_WAVE -> state.isOpen() && waves < CampaignLimits.MAX_WAVES;
      case COMPLETE -> state.mayBecome(CampaignState.COMPLETED);
      case CANCEL -> state.mayBecome(CampaignState.CANCELLED);
    };
  }

  /** Whether a wave may be removed: one that has invited nobody yet. */
  public static boolean mayRemoveWave(CampaignState state, boolean begun) {
    return state.isOpen() && !begun;
  }

  /** Whether a wave may be begun by hand: the next one, of a campaign that runs. */
  public static boolean mayStartWave(CampaignState state, boolean next) {
    return invites(state) && next;
  }

  /** Whether a campaign that stands so invites. */
  public static boolean invites(CampaignState state) {
    return state == CampaignState.RUNNING;
  }
}
