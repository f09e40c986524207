package org.hikae.rollout.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.hikae.problem.control.Refusal;
import org.hikae.rollout.value.AudienceKind;
import org.hikae.rollout.view.ListChange;
import org.hikae.rollout.view.PutWave;
import org.hikae.rollout.view.WaveView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a filled in wave asks for. */
class WaveFormTest {

  private static final String NO_TIME =
      "startsAt must be a time such as 2026-11-26T15:00:00Z, from 1970 to 9999.";

  private final WaveForm form = new WaveForm();

  @Test
  void the_time_is_the_instant_that_the_page_made_of_what_was_typed() {
    form.setStartsAt("2026-12-01T08:30:00.000Z");
    assertThat(form.put().startsAt()).isEqualTo(Instant.parse("2026-12-01T08:30:00Z"));
    assertThat(form.getStart()).isEqualTo(Instant.parse("2026-12-01T08:30:00Z"));
  }

  @Test
  void without_a_time_it_begins_when_it_can() {
    assertThat(form.put().startsAt()).isNull();
    form.setStartsAt("");
    assertThat(form.put().startsAt()).isNull();
    assertThat(form.checkPast(Instant.MAX)).isFalse();
  }

  @Test
  void a_time_that_is_over_is_noticed_unless_it_stood_there() {
    Instant start = Instant.parse("2026-12-01T08:30:15.5Z");
    form.fill(
        new WaveView(7, 2, "w", AudienceKind.LIST, null, null, 0L, start, 1, 80, 0, null, null),
        false,
        List.of());
    assertThat(form.put().startsAt()).isEqualTo(start);
    assertThat(form.checkPast(start.plusSeconds(1))).isFalse();
    form.setStartsAt("2026-12-01T08:31:00.000Z");
    assertThat(form.checkPast(start)).isFalse();
    assertThat(form.checkPast(start.plusSeconds(60))).isTrue();
    form.setStartsAt("no time");
    assertThat(form.checkPast(start)).isFalse();
  }

  @Test
  void a_first_wave_leaves_the_soak_alone_and_another_one_says_what_is_filled_in() {
    form.fill(null, true, List.of());
    assertThat(form.put()).isEqualTo(new PutWave("", null, List.of(), null, null, null, null));
    form.fill(null, false, List.of());
    assertThat(form.put()).isEqualTo(new PutWave("", null, List.of(), null, 3, 90, 5));
    form.fill(
        new WaveView(7, 2, "w", AudienceKind.LIST, null, null, 0L, null, 1, 80, 0, null, null),
        false,
        List.of());
    assertThat(form.put()).isEqualTo(new PutWave("w", null, null, null, 1, 80, 0));
    form.setSoakDays(0);
    form.setMinHealthyPercent(0);
    form.setMinObserved(9);
    assertThat(form.put()).isEqualTo(new PutWave("w", null, null, null, 0, 0, 9));
  }

  @Test
  void a_proposed_wave_is_for_a_share_and_soaks_behind_another_one() {
    WaveForm pilot = WaveForm.proposed("Pilot", WaveForm.SMALL_SHARE, true, List.of());
    WaveForm rest = WaveForm.proposed("Rest", WaveForm.EVERYBODY, false, List.of());
    assertThat(pilot.put()).isEqualTo(new PutWave("Pilot", null, null, 5, null, null, null));
    assertThat(rest.put()).isEqualTo(new PutWave("Rest", null, null, 100, 3, 90, 5));
    assertThat(rest.isForEverybody()).isTrue();
    rest.first(true);
    assertThat(rest.put()).isEqualTo(new PutWave("Rest", null, null, 100, null, null, null));
  }

  @Test
  void only_a_list_takes_those_who_are_picked() {
    form.getPeople().toggle(new PersonChoice(7, "Taro", "taro"));
    assertThat(form.picked().people()).isEqualTo(ListChange.NONE);
    form.setAudience(AudienceKind.LIST);
    assertThat(form.picked().people().addedIds()).containsExactly(7L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tomorrow",
        "2026-12-01T08:30",
        "2026-12-01",
        "2026-12-01T08:30:00+09:00",
        "1969-12-31T23:59",
        "+10000-01-01T00:00"
      })
  void another_time_is_refused_as_over_rest(String typed) {
    form.setStartsAt(typed);
    assertThatThrownBy(form::put)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(NO_TIME));
  }
}
