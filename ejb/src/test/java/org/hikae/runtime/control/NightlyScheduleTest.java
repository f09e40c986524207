package org.hikae.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.hikae.runtime.service.Settings;
import org.junit.jupiter.api.Test;

class NightlyScheduleTest {

  @Test
  void is_due_once_a_day_from_the_time_of_day_on() {
    NightlySchedule night = NightlySchedule.parse("01:30");
    assertThat(night.due(Instant.parse("2026-11-26T01:30:00Z")))
        .hasValue(Instant.parse("2026-11-26T01:30:00Z"));
    assertThat(night.due(Instant.parse("2026-11-26T01:29:59Z")))
        .hasValue(Instant.parse("2026-11-25T01:30:00Z"));
    assertThat(night.look()).isEqualTo(NightlySchedule.LOOK);
  }

  @Test
  void is_due_every_so_often_or_never() {
    Instant now = Instant.parse("2026-11-26T01:30:00Z");
    NightlySchedule often = NightlySchedule.parse("PT5S");
    assertThat(often.due(now)).hasValue(now.minusSeconds(5));
    assertThat(often.look()).isEqualTo(Duration.ofSeconds(5));
    assertThat(NightlySchedule.parse("PT2H").look()).isEqualTo(NightlySchedule.LOOK);
    assertThat(NightlySchedule.parse("off").due(now)).isEmpty();
  }

  @Test
  void says_when_it_is_due_next() {
    Instant now = Instant.parse("2026-11-26T12:00:00Z");
    NightlySchedule night = NightlySchedule.parse("01:30");
    assertThat(night.next(Instant.parse("2026-11-26T01:30:10Z"), now))
        .hasValue(Instant.parse("2026-11-27T01:30:00Z"));
    assertThat(night.next(Instant.parse("2026-11-25T01:30:10Z"), now)).hasValue(now);
    NightlySchedule often = NightlySchedule.parse("PT5S");
    assertThat(often.next(now.minusSeconds(2), now)).hasValue(now.plusSeconds(3));
    assertThat(often.next(now.minusSeconds(60), now)).hasValue(now);
    assertThat(NightlySchedule.parse("off").next(now, now)).isEmpty();
  }

  @Test
  void refuses_what_is_no_time_and_names_the_setting() {
    for (String wrong : new String[] {"25:00", "noon", "PT0S", "PT-5S", "PTX", "P1D", "1"}) {
      assertThatIllegalStateException()
          .isThrownBy(() -> new Settings(Map.of("HIKAE_NIGHTLY", wrong)).nightly())
          .withMessageContaining("HIKAE_NIGHTLY");
    }
    for (String wrong : new String[] {"7", "P0D", "-P1D", "week"}) {
      assertThatIllegalStateException()
          .isThrownBy(() -> new Settings(Map.of("HIKAE_COLLECT_GRACE", wrong)).collectGrace())
          .withMessageContaining("HIKAE_COLLECT_GRACE");
    }
    assertThat(new Settings(Map.of()).collectGrace()).isEqualTo(Duration.ofDays(7));
    String within = "HIKAE_DB_BACKUP_WITHIN";
    assertThat(new Settings(Map.of()).databaseBackupWithin()).contains(Duration.ofHours(26));
    assertThat(new Settings(Map.of(within, "off")).databaseBackupWithin()).isEmpty();
    assertThatIllegalStateException()
        .isThrownBy(() -> new Settings(Map.of(within, "26")).databaseBackupWithin())
        .withMessageContaining(within);
  }
}
