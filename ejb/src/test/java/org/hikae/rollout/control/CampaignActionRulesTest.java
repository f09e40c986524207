package org.hikae.rollout.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.hikae.rollout.value.CampaignLimits;
import org.hikae.rollout.value.CampaignState;
import org.hikae.rollout.view.CampaignAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CampaignActionRulesTest {

  private static final Map<CampaignState, Set<CampaignAction>> WITH_A_WAVE =
      new EnumMap<>(
          Map.of(
              CampaignState.DRAFT,
              EnumSet.of(
                  CampaignAction.START,
                  CampaignAction.EDIT,
                  CampaignAction.ADD_WAVE,
                  CampaignAction.CANCEL),
              CampaignState.RUNNING,
              EnumSet.of(
                  CampaignAction.PAUSE,
                  CampaignAction.EDIT,
                  CampaignAction.ADD_WAVE,
                  CampaignAction.COMPLETE,
                  CampaignAction.CANCEL),
              CampaignState.PAUSED,
              EnumSet.of(
                  CampaignAction.RESUME,
                  CampaignAction.EDIT,
                  CampaignAction.ADD_WAVE,
                  CampaignAction.COMPLETE,
                  CampaignAction.CANCEL),
              CampaignState.HALTED,
              EnumSet.of(
                  CampaignAction.RESUME,
                  CampaignAction.EDIT,
                  CampaignAction.ADD_WAVE,
                  CampaignAction.COMPLETE,
                  CampaignAction.CANCEL),
              CampaignState.COMPLETED,
              EnumSet.of(CampaignAction.CANCEL),
              CampaignState.CANCELLED,
              EnumSet.noneOf(CampaignAction.class)));

  @ParameterizedTest
  @EnumSource(CampaignState.class)
  void each_state_allows_these(CampaignState state) {
    assertThat(CampaignActionRules.actions(state, 1)).isEqualTo(WITH_A_WAVE.get(state));
  }

  @Test
  void a_draft_without_a_wave_does_not_start() {
    assertThat(CampaignActionRules.actions(CampaignState.DRAFT, 0))
        .doesNotContain(CampaignAction.START);
  }

  @Test
  void there_is_room_for_so_many_waves() {
    int room = CampaignLimits.MAX_WAVES;
    assertThat(CampaignActionRules.actions(CampaignState.RUNNING, room - 1))
        .contains(CampaignAction.ADD_WAVE);
    assertThat(CampaignActionRules.actions(CampaignState.RUNNING, room))
        .doesNotContain(CampaignAction.ADD_WAVE)
        .contains(CampaignAction.EDIT);
  }

  @ParameterizedTest
  @EnumSource(CampaignState.class)
  void a_wave_is_removed_before_it_begins_while_the_campaign_may_change(CampaignState state) {
    boolean changes = CampaignActionRules.actions(state, 1).contains(CampaignAction.EDIT);
    assertThat(CampaignActionRules.mayRemoveWave(state, false)).isEqualTo(changes);
    assertThat(CampaignActionRules.mayRemoveWave(state, true)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(CampaignState.class)
  void the_next_wave_of_one_that_runs_may_begin_by_hand(CampaignState state) {
    assertThat(CampaignActionRules.mayStartWave(state, true))
        .isEqualTo(state == CampaignState.RUNNING);
    assertThat(CampaignActionRules.mayStartWave(state, false)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(CampaignState.class)
  void only_one_that_runs_invites(CampaignState state) {
    assertThat(CampaignActionRules.invites(state)).isEqualTo(state == CampaignState.RUNNING);
  }
}
