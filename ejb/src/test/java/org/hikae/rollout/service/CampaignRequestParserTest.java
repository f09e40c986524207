package org.hikae.rollout.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.hikae.problem.control.Refusal;
import org.hikae.rollout.entity.Campaign;
import org.hikae.rollout.entity.Wave;
import org.hikae.rollout.value.SoakRule;
import org.hikae.rollout.view.PutWave;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests say about waves (HK1-W-13, HK1-W-14). */
class CampaignRequestParserTest {

  private static final Instant NOW = Instant.parse("2026-03-10T08:00:00Z");

  private static Wave wave() {
    Wave wave =
        new Wave(
            new Campaign("issuer", "ann", NOW) {
              @Override
              public long campaignId() {
                return 1;
              }
            },
            2);
    wave.soakBefore(SoakRule.DEFAULT);
    return wave;
  }

  @Test
  void what_a_request_does_not_say_of_the_soak_stays() {
    Wave wave = wave();
    CampaignRequestParser.describe(wave, new PutWave("w", null, null, 10));
    assertThat(wave.soak()).isEqualTo(SoakRule.DEFAULT);
    CampaignRequestParser.describe(wave, new PutWave("w", null, null, 10, 0, null, 1_000_000));
    assertThat(wave.soak()).isEqualTo(new SoakRule(0, 90, 1_000_000));
    CampaignRequestParser.describe(wave, new PutWave("w", null, null, 10, null, 100, null));
    assertThat(wave.soak()).isEqualTo(new SoakRule(0, 100, 1_000_000));
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 0, soakDays must be a number from 0 to 90.",
    "91, 0, 0, soakDays must be a number from 0 to 90.",
    "0, -1, 0, minHealthyPercent must be a number from 0 to 100.",
    "0, 101, 0, minHealthyPercent must be a number from 0 to 100.",
    "0, 0, -1, minObserved must be a number from 0 to 1000000.",
    "0, 0, 1000001, minObserved must be a number from 0 to 1000000."
  })
  void a_soak_out_of_bounds_is_refused(int days, int percent, int observed, String why) {
    PutWave put = new PutWave("w", null, null, 10, days, percent, observed);
    assertThatThrownBy(() -> CampaignRequestParser.describe(wave(), put))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(why));
  }

  @Test
  void a_wave_with_a_list_soaks_on_when_it_gets_another_name() {
    Wave wave = wave();
    CampaignRequestParser.describe(wave, new PutWave("w", null, null, null));
    wave.begin(NOW);
    wave.whollyInvited(NOW);
    CampaignRequestParser.describe(wave, new PutWave("other", null, null, null));
    assertThat(wave.name()).isEqualTo("other");
    assertThat(wave.invitedAt()).isEqualTo(NOW);
  }

  @Test
  void a_reason_is_one_line() {
    assertThat(CampaignRequestParser.reason("  the pilot is on holiday "))
        .isEqualTo("the pilot is on holiday");
    assertThat(CampaignRequestParser.reason("x".repeat(500))).hasSize(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "two\nlines"})
  void a_reason_that_says_nothing_or_more_than_a_line_is_refused(String reason) {
    assertThatThrownBy(() -> CampaignRequestParser.reason(reason)).isInstanceOf(Refusal.class);
    String tooLong = reason + "x".repeat(501);
    assertThatThrownBy(() -> CampaignRequestParser.reason(tooLong)).isInstanceOf(Refusal.class);
  }
}
