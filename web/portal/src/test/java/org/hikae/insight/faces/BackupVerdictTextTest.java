package org.hikae.insight.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.hikae.insight.view.BackupVerdict;
import org.hikae.insight.view.BackupVerdictState;
import org.hikae.insight.view.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What people read of a verdict. */
class BackupVerdictTextTest {

  private static final ResourceBundle ENGLISH = bundle(Locale.ENGLISH);

  private static ResourceBundle bundle(Locale language) {
    return ResourceBundle.getBundle("org.hikae.portal.help", language);
  }

  private static String employee(BackupVerdict verdict) {
    return BackupVerdictText.sentence(verdict, "verdict.", ENGLISH);
  }

  @Test
  void an_employee_reads_one_sentence() {
    assertThat(
            employee(
                new BackupVerdict(
                    BackupVerdictState.PROTECTED, "Laptop", Duration.ofHours(3), null)))
        .isEqualTo("You are protected. Last backup 3 hours ago");
    assertThat(
            employee(
                new BackupVerdict(
                    BackupVerdictState.PARTLY, "Laptop", Duration.ofDays(1), RunState.PARTIAL)))
        .isEqualTo("You are protected, except for some files on Laptop. Last backup 24 hours ago");
    assertThat(
            employee(new BackupVerdict(BackupVerdictState.FAILED, "Laptop", null, RunState.LOCAL)))
        .isEqualTo("The last backup of Laptop failed: trouble on the device, such as a full disk");
    assertThat(employee(BackupVerdict.of(BackupVerdictState.NOT_SET_UP)))
        .isEqualTo("Backup isn't set up yet");
  }

  @ParameterizedTest
  @EnumSource(BackupVerdictState.class)
  void each_verdict_has_a_whole_sentence_for_each_reader_in_both_languages(
      BackupVerdictState state) {
    BackupVerdict verdict = new BackupVerdict(state, "Laptop", Duration.ofDays(12), RunState.LOCAL);
    for (Locale language : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
      for (String prefix : List.of("verdict.", "staff.")) {
        assertThat(BackupVerdictText.sentence(verdict, prefix, bundle(language)))
            .isNotBlank()
            .doesNotContain("{", "}", "LOCAL");
      }
      assertThat(BackupVerdictText.explanation(verdict, bundle(language)))
          .isNotBlank()
          .doesNotContain("{", "}");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RunState.class,
      names = {"RUNNING", "SUCCESS", "PARTIAL", "CANCELLED"},
      mode = EnumSource.Mode.EXCLUDE)
  void each_failure_is_told_in_a_few_words(RunState cause) {
    BackupVerdict failed = new BackupVerdict(BackupVerdictState.FAILED, "Laptop", null, cause);
    assertThat(employee(failed))
        .startsWith("The last backup of Laptop failed: ")
        .hasSizeLessThan(80)
        .doesNotContain("{");
  }

  @Test
  void who_never_had_a_backup_reads_of_none_that_worked() {
    BackupVerdict failed =
        new BackupVerdict(BackupVerdictState.FAILED, "Laptop", null, RunState.LOCAL);
    assertThat(BackupVerdictText.explanation(failed, ENGLISH))
        .isEqualTo("What is on that device exists only there.");
    BackupVerdict older =
        new BackupVerdict(BackupVerdictState.FAILED, "Laptop", Duration.ofHours(3), RunState.LOCAL);
    assertThat(BackupVerdictText.explanation(older, ENGLISH))
        .startsWith("The last backup that worked was 3 hours ago. ");
  }

  @Test
  void nothing_is_looked_for_in_the_name_of_a_device() {
    assertThat(
            employee(
                new BackupVerdict(
                    BackupVerdictState.FAILED, "{cause}{age}", Duration.ZERO, RunState.LOCKED)))
        .contains("{cause}{age}");
  }

  @ParameterizedTest
  @CsvSource({
    "-5, just now",
    "59, just now",
    "60, 1 minute ago",
    "119, 1 minute ago",
    "120, 2 minutes ago",
    "3599, 59 minutes ago",
    "3600, 1 hour ago",
    "7200, 2 hours ago",
    "172799, 47 hours ago",
    "172800, 2 days ago",
    "1036800, 12 days ago"
  })
  void an_age_is_told_in_the_unit_that_people_use(long seconds, String expected) {
    assertThat(BackupVerdictText.age(Duration.ofSeconds(seconds), ENGLISH)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(BackupVerdictState.class)
  void who_helps_has_a_next_step_wherever_the_person_has_one(BackupVerdictState state) {
    boolean mayEnd =
        switch (state) {
          case PROTECTED, NOT_OFFERED, OPTED_OUT -> true;
          default -> false;
        };
    BackupVerdict verdict = new BackupVerdict(state, "Laptop", null, RunState.LOCAL);
    for (Locale language : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
      for (String reader : List.of("HELPDESK", "IT")) {
        assertThat(BackupVerdictText.staffNext(verdict, reader, bundle(language)) == null)
            .isEqualTo(mayEnd);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(BackupVerdictState.class)
  void everybody_but_the_protected_has_one_place_to_go(BackupVerdictState state) {
    for (RunState cause : RunState.values()) {
      if (cause.isAdvised()) {
        BackupVerdict verdict = new BackupVerdict(state, "Laptop", null, cause);
        String target = BackupVerdictText.target(verdict);
        assertThat(target == null).isEqualTo(state == BackupVerdictState.PROTECTED);
        String topic = BackupVerdictText.topic(verdict);
        assertThat(topic == null || HelpPage.topics().contains(topic)).as("%s", topic).isTrue();
      }
    }
  }
}
