package org.hikae.rollout.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.rollout.entity.Campaign;
import org.hikae.rollout.entity.Wave;
import org.hikae.rollout.service.GateFigures.WaveHealth;
import org.hikae.rollout.value.SoakRule;
import org.hikae.rollout.view.WaveWait;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a wave waits for (HK1-W-04, HK1-W-13). */
class WaveStartRulesTest {

  private static final Instant NOW = Instant.parse("2026-03-10T08:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(60));

  /** Waves whose figures were asked for. */
  private final List<Long> asked = new ArrayList<>();

  private WaveHealth seen = new WaveHealth(0, 0);

  private static Campaign campaign() {
    return new Campaign("issuer", "ann", LONG_AGO) {
      @Override
      public long campaignId() {
        return 1;
      }
    };
  }

  /** A wave whose identifier is ten times its number. */
  private static Wave wave(int number, @Nullable Instant startsAt, SoakRule soak) {
    Wave wave =
        new Wave(campaign(), number) {
          @Override
          public long waveId() {
            return number * 10L;
          }
        };
    wave.describe("w" + number, startsAt);
    wave.soakBefore(soak);
    return wave;
  }

  private static Wave invited(int number, Instant at) {
    Wave wave = wave(number, null, SoakRule.NONE);
    wave.begin(at);
    wave.whollyInvited(at);
    return wave;
  }

  private WaveWait waits(List<Wave> waves, Map<Long, Long> invited) {
    return WaveStartRules.waits(
        WaveStartRules.next(waves).orElseThrow(),
        waves,
        invited,
        (waveId, now) -> {
          assertThat(now).isEqualTo(NOW);
          asked.add(waveId);
          return seen;
        },
        NOW);
  }

  @Test
  void the_first_wave_waits_for_its_time_only_whatever_it_asks() {
    Wave first = wave(1, null, SoakRule.DEFAULT);
    assertThat(waits(List.of(first), Map.of()).isOver()).isTrue();
    Wave later = wave(1, NOW.plusMillis(1), SoakRule.DEFAULT);
    assertThat(waits(List.of(later), Map.of()).until()).isEqualTo(NOW.plusMillis(1));
    assertThat(waits(List.of(later), Map.of()).isOver()).isFalse();
    assertThat(waits(List.of(wave(1, NOW, SoakRule.NONE)), Map.of()).isOver()).isTrue();
    assertThat(asked).isEmpty();
  }

  @Test
  void one_that_asks_nothing_waits_until_everybody_before_is_invited() {
    Wave next = wave(3, null, SoakRule.NONE);
    Wave inviting = wave(2, null, SoakRule.NONE);
    inviting.begin(NOW);
    List<Wave> waves = List.of(invited(1, LONG_AGO), inviting, next, wave(4, null, SoakRule.NONE));
    WaveWait wait = waits(waves, Map.of(10L, 9L, 20L, 9L));
    assertThat(wait.waveId()).isEqualTo(30);
    assertThat(wait.invitesFirst()).isEqualTo(2);
    assertThat(wait.isOver()).isFalse();
    inviting.whollyInvited(NOW);
    assertThat(waits(waves, Map.of(10L, 9L, 20L, 9L)).isOver()).isTrue();
    assertThat(asked).isEmpty();
  }

  @Test
  void days_are_counted_from_the_invitation_of_everybody_and_the_later_time_counts() {
    SoakRule days = new SoakRule(3, 0, 0);
    Instant end = NOW.plusMillis(1);
    Wave before = invited(1, end.minus(Duration.ofDays(3)));
    Map<Long, Long> invited = Map.of(10L, 100L);
    assertThat(waits(List.of(before, wave(2, null, days)), invited).until()).isEqualTo(end);
    assertThat(waits(List.of(before, wave(2, LONG_AGO, days)), invited).until()).isEqualTo(end);
    Instant later = end.plusSeconds(9);
    assertThat(waits(List.of(before, wave(2, later, days)), invited).until()).isEqualTo(later);
    Wave soaked = invited(1, NOW.minus(Duration.ofDays(3)));
    assertThat(waits(List.of(soaked, wave(2, null, days)), invited).isOver()).isTrue();
    before.toPercent(50);
    WaveWait widened = waits(List.of(before, wave(2, null, days)), invited);
    assertThat(widened.invitesFirst()).isEqualTo(1);
    assertThat(widened.until()).as("not known yet").isNull();
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // invited, observed, healthy, needed, share, over
    "100, 4, 4, 5, 100, false",
    "100, 5, 4, 5, 80, false",
    "100, 5, 5, 5, 100, true",
    "100, 10, 9, 5, 90, true",
    "3, 2, 2, 3, 100, false",
    "3, 3, 3, 3, 100, true",
    "3, 3, 2, 3, 66, false",
    "3, 0, 0, 3, 0, false"
  })
  void enough_people_are_observed_and_enough_of_them_are_healthy(
      long invited, long observed, long healthy, long needed, long share, boolean over) {
    seen = new WaveHealth(observed, healthy);
    List<Wave> waves = List.of(invited(1, LONG_AGO), wave(2, null, SoakRule.DEFAULT));
    WaveWait wait = waits(waves, Map.of(10L, invited));
    assertThat(wait).isEqualTo(new WaveWait(20, null, null, 1, needed, observed, 90, healthy));
    assertThat(wait.healthyPercent()).isEqualTo(share);
    assertThat(wait.isOver()).isEqualTo(over);
    assertThat(asked).as("once").containsExactly(10L);
  }

  @Test
  void a_wave_that_invited_nobody_is_no_reason_to_wait_and_the_one_before_it_counts() {
    seen = new WaveHealth(4, 1);
    Wave next = wave(3, null, SoakRule.DEFAULT);
    WaveWait wait = waits(List.of(invited(1, LONG_AGO), invited(2, NOW), next), Map.of(10L, 4L));
    assertThat(wait.soaking()).isEqualTo(1);
    assertThat(wait.until()).as("nobody soaks since now").isNull();
    assertThat(wait.isOver()).isFalse();
    assertThat(waits(List.of(invited(1, NOW), invited(2, NOW), next), Map.of()).isOver())
        .as("nobody at all")
        .isTrue();
    List<Wave> both = List.of(invited(1, LONG_AGO), invited(2, LONG_AGO), next);
    assertThat(waits(both, Map.of(10L, 4L, 20L, 9L)).soaking()).as("the last one").isEqualTo(2);
    assertThat(asked).containsExactly(10L, 20L);
  }

  @Test
  void nothing_is_next_when_every_wave_has_begun() {
    assertThat(WaveStartRules.next(List.of(invited(1, NOW)))).isEmpty();
    assertThat(WaveStartRules.next(List.of())).isEmpty();
  }
}
