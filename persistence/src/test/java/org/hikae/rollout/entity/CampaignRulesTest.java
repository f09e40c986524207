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
import org.hikae.rollout.value.RolloutBucket;
import org.hikae.testing.TestEffort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Where a campaign may go, who has which place, when a gate halts (HK1-W-01, HK1-W-03, HK1-W-08).
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
    "5, 1000000, 1000000, 999999, false"
  })
  void a_gate_halts_above_its_limit_and_never_below_its_minimum(
      int limit, int minimum, long failing, long observed, boolean exceeded) {
    assertThat(new Gate(limit, minimum).exceededBy(failing, observed)).isEqualTo(exceeded);
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
    wave.toPercent(30);
    assertThat(wave.begun()).isTrue();
    assertThat(wave.invitedAt()).isNull();
  }

  private static Campaign saved() {
    return new Campaign("issuer", "ann", START) {
      @Override
      public long campaignId() {
        return 5;
      }
    };
  }
}
