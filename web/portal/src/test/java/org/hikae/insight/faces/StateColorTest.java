package org.hikae.insight.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.insight.system.view.SystemJobState;
import org.hikae.insight.view.RunState;
import org.hikae.lifecycle.value.ErasureState;
import org.hikae.notice.value.DeliveryState;
import org.hikae.rollout.value.AudienceKind;
import org.hikae.rollout.value.CampaignState;
import org.hikae.rollout.view.WaveState;
import org.junit.jupiter.api.Test;

class StateColorTest {

  @Test
  void a_word_that_two_states_share_has_the_colour_of_each() {
    assertThat(StateColor.of(CampaignState.CANCELLED)).isEqualTo(StateColor.PLAIN);
    assertThat(StateColor.of(RunState.CANCELLED)).isEqualTo(StateColor.WARN);
    assertThat(StateColor.of(CampaignState.RUNNING)).isEqualTo(StateColor.GOOD);
    assertThat(StateColor.of(RunState.RUNNING)).isEqualTo(StateColor.PLAIN);
    assertThat(StateColor.of(WaveState.WAITING)).isEqualTo(StateColor.PLAIN);
    assertThat(List.of(ErasureState.WAITING, DeliveryState.WAITING))
        .extracting(StateColor::of)
        .containsOnly(StateColor.WARN);
  }

  @Test
  void work_that_did_not_end_well_is_seen() {
    assertThat(StateColor.of(SystemJobState.FAILED)).isEqualTo(StateColor.BAD);
    assertThat(StateColor.of(SystemJobState.IDLE)).isEqualTo(StateColor.PLAIN);
  }

  @Test
  void style_sheets_know_it_in_small_letters() {
    assertThat(StateColor.of(DeviceState.ACTIVE).css()).isEqualTo("good");
    assertThat(StateColor.of(DeliveryState.FAILED).css()).isEqualTo("bad");
  }

  @Test
  void what_is_no_state_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StateColor.of(AudienceKind.LIST))
        .withMessageContaining("AudienceKind");
  }
}
