package org.hikae.device.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.hikae.device.state.VaultSilenceStore.QuestionKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Since when the vault has been asked in vain (HK1-V-32). */
class VaultSilenceStoreTest {

  private static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");
  private static final Instant WEEK_LATER = MONDAY.plus(VaultSilenceStore.ALARM_AFTER);

  @TempDir private Path folder;
  private VaultSilenceStore silence;

  @BeforeEach
  void open() {
    silence = new VaultSilenceStore(new AgentHome(folder));
  }

  @Test
  void it_begins_with_the_first_question_in_vain_and_ends_with_an_answer() {
    silence.unanswered(QuestionKind.NEWS, MONDAY);
    silence.unanswered(QuestionKind.NEWS, MONDAY.plusSeconds(60));
    assertThat(silence.alarming(WEEK_LATER.minusSeconds(1))).isEmpty();
    assertThat(silence.alarming(WEEK_LATER)).hasValue(MONDAY.getEpochSecond());
    silence.answered(QuestionKind.NEWS);
    assertThat(silence.alarming(WEEK_LATER)).isEmpty();
  }

  @Test
  void an_answer_to_the_one_does_not_end_the_silence_of_the_other() {
    silence.unanswered(QuestionKind.WITNESS, MONDAY);
    silence.unanswered(QuestionKind.NEWS, MONDAY);
    silence.answered(QuestionKind.NEWS);
    assertThat(silence.alarming(WEEK_LATER)).hasValue(MONDAY.getEpochSecond());
  }

  @Test
  void a_clock_that_was_put_back_does_not_silence_it() {
    silence.unanswered(QuestionKind.NEWS, WEEK_LATER.plus(Duration.ofDays(365)));
    silence.unanswered(QuestionKind.NEWS, MONDAY);
    assertThat(silence.alarming(WEEK_LATER)).hasValue(MONDAY.getEpochSecond());
  }

  @Test
  void the_desktop_is_told_once_a_day() {
    assertThat(silence.tellsNow(MONDAY)).isTrue();
    assertThat(silence.tellsNow(MONDAY.plus(Duration.ofHours(19)))).isFalse();
    assertThat(silence.tellsNow(MONDAY.plus(Duration.ofHours(20)))).isTrue();
  }

  @Test
  void a_damaged_file_is_as_if_there_were_none() throws Exception {
    silence.unanswered(QuestionKind.NEWS, MONDAY);
    Files.writeString(folder.resolve("vault-silence"), "99999999999999999999 0 0");
    assertThat(silence.alarming(WEEK_LATER)).isEmpty();
    silence.unanswered(QuestionKind.NEWS, WEEK_LATER);
    assertThat(silence.alarming(WEEK_LATER.plus(VaultSilenceStore.ALARM_AFTER))).isPresent();
  }
}
