package org.hikae.ui.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZonePreferenceTest {

  @ParameterizedTest
  @CsvSource({
    "Asia%2FTokyo, Asia/Tokyo",
    "Asia/Kolkata, Asia/Kolkata",
    "America%2FArgentina%2FBuenos_Aires, America/Argentina/Buenos_Aires",
    "Etc%2FGMT%2B9, Etc/GMT+9",
    "UTC, UTC"
  })
  void a_zone_that_there_is_counts(String cookie, String zone) {
    assertThat(ZonePreference.of(cookie)).isEqualTo(ZoneId.of(zone));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%", "%zz", "Mars%2FBase", "+99:00", "../etc", "<script>"})
  void anything_else_is_utc(String cookie) {
    assertThat(ZonePreference.of(cookie)).isEqualTo(ZoneId.of("UTC"));
  }

  @Test
  void none_and_a_very_long_one_are_utc() {
    assertThat(ZonePreference.of(null)).isEqualTo(ZoneId.of("UTC"));
    assertThat(ZonePreference.of("A".repeat(100_000))).isEqualTo(ZoneId.of("UTC"));
  }
}
