package org.hikae.rollout.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hikae.rollout.value.CampaignState.CANCELLED;
import static org.hikae.rollout.value.CampaignState.COMPLETED;
import static org.hikae.rollout.value.CampaignState.DRAFT;
import static org.hikae.rollout.value.CampaignState.HALTED;
import static org.hikae.rollout.value.CampaignState.PAUSED;
import static org.hikae.rollout.value.CampaignState.RUNNING;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.hikae.rollout.value.CampaignState;
import org.hikae.rollout.value.GateKind;
import org.hikae.rollout.value.RolloutBucket;
import org.hikae.rollout.value.SoakRule;
import org.hikae.testing.TestEffort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Where a campaign may go, who has which place, when a gate halts, when a wave has soaked
 * (HK1-W-01, HK1-W-03, HK1-W-08, HK1-W-13).
 */
class CampaignRulesTest {

  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  private static final Map<CampaignState, Set<CampaignState>> MAY =
      Map.of(
          DRAFT, EnumSet.of(RUNNING, CANCELLED),
          RUNNING, EnumSet.of(PAUSED, HALTED, COMPLETED, CANCELLED),
          PAUSED, EnumSet.of(RUNNING, COMPLETED, CANCELLED),
          HALTED, EnumSet.of(RUNNING, COMPLETED, CANCELLED),
          COMPLETED, EnumSet.of(CANCELLED),
          CANCELLED, EnumSet.noneOf(CampaignState.class));

  @ParameterizedTest
  @EnumSource
  void a_campaign_goes_only_where_it_may(CampaignState from) {
    for (CampaignState to : CampaignState.values()) {
      assertThat(from.mayBecome(to)).as("%s to %s", from, to).isEqualTo(MAY.get(from).contains(to));
    }
  }

  @Test
  void no_way_leads_back_from_the_end() {
    Campaign campaign = new Campaign("issuer", "ann", START);
    assertThatThrownBy(() -> campaign.become(PAUSED)).isInstanceOf(IllegalStateException.class);
    campaign.run(START);
    campaign.become(COMPLETED);
    assertThatThrownBy(() -> campaign.run(START)).isInstanceOf(IllegalStateException.class);
    assertThat(campaign.state()).isEqualTo(COMPLETED);
  }

  @Test
  void gates_count_anew_after_a_halt_but_not_after_a_pause() {
    Campaign campaign = new Campaign("issuer", "ann", START);
    campaign.run(START);
    campaign.become(PAUSED);
    campaign.run(START.plusSeconds(60));
    assertThat(campaign.observedSince()).isEqualTo(START);
    campaign.halt(7);
    assertThat(campaign.haltedByReading()).isEqualTo(7);
    campaign.run(START.plusSeconds(120));
    assertThat(campaign.observedSince()).isEqualTo(START.plusSeconds(120));
    assertThat(campaign.haltedByReading()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    // limit, minimum, failing, observed, exceeded
    "10, 20, 2, 19, false",
    "10, 20, 19, 19, false",
    "10, 20, 2, 20, false",
    "10, 20, 3, 20, true",
    "0, 1, 0, 1, false",
    "0, 1, 1, 1, true",
    "99, 1, 99, 100, false",
    "99, 1, 100, 100, true",
    "33, 3, 1, 3, true",
    "5, 1000000, 999999, 999999, false"
  })
  void a_gate_halts_above_its_limit_and_never_below_its_minimum(
      int limit, int minimum, long failing, long observed, boolean exceeded) {
    Gate gate = new Gate(limit, minimum);
    assertThat(gate.exceededBy(failing, observed, 1_000_000)).isEqualTo(exceeded);
    assertThat(gate.needed(1_000_000)).isEqualTo(minimum);
  }

  @ParameterizedTest
  @CsvSource({
    // limit, minimum, invited, failing, observed, exceeded
    "10, 20, 4, 3, 4, true",
    "10, 20, 4, 3, 3, true",
    "10, 20, 4, 0, 4, false",
    "10, 20, 4, 0, 0, false",
    "0, 20, 4, 0, 0, false",
    // One of one failed, but the three others may yet be well.
    "30, 20, 4, 1, 1, false",
    "30, 20, 4, 2, 2, true",
    // Two devices each.
    "30, 20, 4, 2, 8, false",
    "30, 20, 4, 3, 8, true",
    // As many as the minimum are no small wave.
    "10, 20, 19, 3, 3, true",
    "10, 20, 20, 3, 3, false"
  })
  void a_small_wave_halts_when_its_limit_is_surely_exceeded(
      int limit, int minimum, long invited, long failing, long observed, boolean exceeded) {
    assertThat(new Gate(limit, minimum).exceededBy(failing, observed, invited)).isEqualTo(exceeded);
  }

  @Test
  void a_reading_has_the_minimum_that_it_was_judged_by() {
    Gate gate = new Gate(10, 20);
    Wave wave = new SavedWave(1);
    GateReading small = new GateReading(wave, GateKind.VAULT_ERRORS, gate, 4, 3, 4, START);
    assertThat(small.limit()).isEqualTo(new Gate(10, 4));
    assertThat(small.exceeded()).isTrue();
    GateReading large = new GateReading(wave, GateKind.VAULT_ERRORS, gate, 40, 3, 4, START);
    assertThat(large.limit()).isEqualTo(gate);
    assertThat(large.exceeded()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    // percent, minimum, invited, observed, healthy, met
    "90, 5, 100, 4, 4, false",
    "90, 5, 100, 5, 5, true",
    "90, 5, 100, 10, 9, true",
    "90, 5, 100, 10, 8, false",
    // Fewer were invited than are to be observed.
    "90, 5, 3, 2, 2, false",
    "90, 5, 3, 3, 3, true",
    "90, 5, 3, 3, 2, false",
    "90, 5, 0, 0, 0, true",
    "0, 5, 100, 5, 0, true",
    "0, 0, 100, 0, 0, true",
    "100, 0, 100, 1000000, 999999, false"
  })
  void a_wave_has_soaked_when_enough_are_observed_and_enough_of_these_are_healthy(
      int percent, int minimum, long invited, long observed, long healthy, boolean met) {
    assertThat(new SoakRule(0, percent, minimum).isMet(invited, observed, healthy)).isEqualTo(met);
  }

  @Test
  void a_soak_is_of_whole_days_and_bounded() {
    assertThat(new SoakRule(3, 0, 0).end(START)).isEqualTo(Instant.parse("2026-03-04T08:00:00Z"));
    assertThat(SoakRule.NONE.end(START)).isEqualTo(START);
    assertThat(SoakRule.NONE.asksHealth()).isFalse();
    assertThat(new SoakRule(9, 0, 0).asksHealth()).isFalse();
    assertThat(new SoakRule(0, 1, 0).asksHealth()).isTrue();
    assertThat(new SoakRule(0, 0, 1).asksHealth()).isTrue();
    for (int[] wrong :
        new int[][] {
          {-1, 0, 0}, {91, 0, 0}, {0, -1, 0}, {0, 101, 0}, {0, 0, -1}, {0, 0, 1_000_001}
        }) {
      assertThatThrownBy(() -> new SoakRule(wrong[0], wrong[1], wrong[2]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_larger_share_holds_every_smaller_one_and_shares_are_as_large_as_they_say() {
    int people = 100_000;
    int campaigns = TestEffort.times(CampaignRulesTest.class, 20, 3);
    for (long campaign = 1; campaign <= campaigns; campaign++) {
      RolloutBucket rolloutBucket = new RolloutBucket(campaign);
      int[] below = new int[RolloutBucket.PLACES + 1];
      for (long employee = 1; employee <= people; employee++) {
        int at = rolloutBucket.of(employee);
        assertThat(at).isBetween(0, 99);
        assertThat(new RolloutBucket(campaign).of(employee)).isEqualTo(at);
        for (int percent = at + 1; percent <= RolloutBucket.PLACES; percent++) {
          below[percent]++;
        }
      }
      for (int percent = 1; percent <= RolloutBucket.PLACES; percent++) {
        double expected = people / 100.0 * percent;
        assertThat((double) below[percent])
            .as("campaign %s, %s percent", campaign, percent)
            .isBetween(expected * 0.9 - 20, expected * 1.1 + 20);
      }
      assertThat(below[RolloutBucket.PLACES]).isEqualTo(people);
    }
  }

  @ParameterizedTest
  @CsvSource({"12, 30, 4", "12, 100, 12", "1, 1, 1", "100, 1, 1", "101, 1, 2", "0, 50, 0"})
  void a_share_is_rounded_up(long everybody, int percent, long people) {
    assertThat(RolloutBucket.people(everybody, percent)).isEqualTo(people);
  }

  @Test
  void campaigns_do_not_begin_with_the_same_people() {
    RolloutBucket one = new RolloutBucket(1);
    RolloutBucket other = new RolloutBucket(2);
    int both = 0;
    for (long employee = 1; employee <= 100_000; employee++) {
      both += one.of(employee) < 10 && other.of(employee) < 10 ? 1 : 0;
    }
    assertThat(both).as("a tenth of a tenth").isBetween(800, 1200);
  }

  @Test
  void a_place_does_not_overflow_for_the_largest_numbers() {
    for (long employee : new long[] {Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE}) {
      assertThat(new RolloutBucket(Long.MAX_VALUE).of(employee)).isBetween(0, 99);
    }
  }

  @Test
  void a_wave_that_was_widened_has_yet_to_be_invited() {
    Wave wave = new Wave(saved(), 1);
    wave.toPercent(10);
    wave.describe("tenth", START);
    assertThat(wave.due(START.minusMillis(1))).isFalse();
    assertThat(wave.due(START)).isTrue();
    wave.begin(START);
    wave.whollyInvited(START);
    wave.whollyInvited(START.plusSeconds(1));
    assertThat(wave.invitedAt()).isEqualTo(START);
    wave.toPercent(10);
    assertThat(wave.invitedAt()).as("the same again").isEqualTo(START);
    wave.toPercent(30);
    assertThat(wave.begun()).isTrue();
    assertThat(wave.invitedAt()).isNull();
    wave.whollyInvited(START);
    wave.toGroups(Set.of("/a"));
    assertThat(wave.invitedAt()).isNull();
    wave.whollyInvited(START);
    wave.toGroups(Set.of("/a"));
    assertThat(wave.invitedAt()).isEqualTo(START);
    wave.toGroups(Set.of("/a", "/b"));
    assertThat(wave.invitedAt()).isNull();
    wave.whollyInvited(START);
    wave.toList();
    assertThat(wave.invitedAt()).as("a list may be a new one").isNull();
  }

  private static Campaign saved() {
    return new Campaign("issuer", "ann", START) {
      @Override
      public long campaignId() {
        return 5;
      }
    };
  }

  private static final class SavedWave extends Wave {

    SavedWave(int number) {
      super(saved(), number);
    }

    @Override
    public long waveId() {
      return number();
    }
  }
}
