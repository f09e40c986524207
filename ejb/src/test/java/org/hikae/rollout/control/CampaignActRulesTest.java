package org.hikae.rollout.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.hikae.rollout.value.CampaignLimits;
import org.hikae.rollout.value.CampaignState;
import org.hikae.rollout.view.CampaignAct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CampaignActRulesTest {

  private static final Map<CampaignState, Set<CampaignAct>> WITH_A_WAVE =
      new EnumMap<>(
          Map.of(
              CampaignState.DRAFT,
              EnumSet.of(
                  CampaignAct.START, CampaignAct.EDIT, CampaignAct.ADD_WAVE, CampaignAct.CANCEL),
              CampaignState.RUNNING,
              EnumSet.of(
                  CampaignAct.PAUSE,
                  CampaignAct.EDIT,
                  CampaignAct.ADD_WAVE,
                  CampaignAct.COMPLETE,
                  CampaignAct.CANCEL),
              CampaignState.PAUSED,
              EnumSet.of(
                  CampaignAct.RESUME,
                  CampaignAct.EDIT,
                  CampaignAct.ADD_WAVE,
                  CampaignAct.COMPLETE,
                  CampaignAct.CANCEL),
              CampaignState.HALTED,
              EnumSet.of(
                  CampaignAct.RESUME,
                  CampaignAct.EDIT,
                  CampaignAct.ADD_WAVE,
                  CampaignAct.COMPLETE,
                  CampaignAct.CANCEL),
              CampaignState.COMPLETED,
              EnumSet.of(CampaignAct.CANCEL),
              CampaignState.CANCELLED,
              EnumSet.noneOf(CampaignAct.class)));

  @ParameterizedTest
  @EnumSource(CampaignState.class)
  void each_state_allows_these(CampaignState state) {
    assertThat(CampaignActRules.acts(state, 1)).isEqualTo(WITH_A_WAVE.get(state));
  }

  @Test
  void a_draft_without_a_wave_does_not_start() {
    assertThat(CampaignActRules.acts(CampaignState.DRAFT, 0)).doesNotContain(CampaignAct.START);
  }

  @Test
  void there_is_room_for_so_many_waves() {
    int room = CampaignLimits.MAX_WAVES;
    assertThat(CampaignActRules.acts(CampaignState.RUNNING, room - 1))
        .contains(CampaignAct.ADD_WAVE);
    assertThat(CampaignActRules.acts(CampaignState.RUNNING, room))
        .doesNotContain(CampaignAct.ADD_WAVE)
        .contains(CampaignAct.EDIT);
  }

  @ParameterizedTest
  @EnumSource(CampaignState.class)
  void a_wave_is_removed_before_it_begins_while_the_campaign_may_change(CampaignState state) {
    boolean changes = CampaignActRules.acts(state, 1).contains(CampaignAct.EDIT);
    assertThat(CampaignActRules.mayRemoveWave(state, false)).isEqualTo(changes);
    assertThat(CampaignActRules.mayRemoveWave(state, true)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(CampaignState.class)
  void only_one_that_runs_invites(CampaignState state) {
    assertThat(CampaignActRules.invites(state)).isEqualTo(state == CampaignState.RUNNING);
  }
}
