package org.hikae.insight.faces;

import jakarta.faces.context.FacesContext;
import java.time.Duration;
import java.util.ResourceBundle;
import org.hikae.insight.view.BackupVerdict;
import org.hikae.insight.view.BackupVerdictState;
import org.hikae.insight.view.RunState;
import org.hikae.ui.faces.DisplayText;
import org.jspecify.annotations.Nullable;

/** The verdict on a backup as pages say it: its sentence, and where its one button leads. */
final class BackupVerdictText {

  /** Beyond so many hours an age is told in days. */
  private static final int MOST_HOURS = 48;

  private BackupVerdictText() {}

  /** The texts in the language of the page that is made. */
  static ResourceBundle bundle() {
    FacesContext faces = FacesContext.getCurrentInstance();
    return faces.getApplication().getResourceBundle(faces, "hlp");
  }

  /**
   * The sentence.
   *
   * @param prefix {@code verdict.} for the employee, {@code staff.} for those who help
   */
  static String sentence(BackupVerdict verdict, String prefix, ResourceBundle texts) {
    return filled(verdict, prefix + verdict.state(), texts);
  }

  /** What that means for the employee, below the sentence. */
  static String explanation(BackupVerdict verdict, ResourceBundle texts) {
    boolean never = verdict.state() == BackupVerdictState.FAILED && verdict.age() == null;
    return filled(verdict, "text." + (never ? BackupVerdictState.NEVER : verdict.state()), texts);
  }

  private static String filled(BackupVerdict verdict, String key, ResourceBundle texts) {
    String sentence = texts.getString(key);
    Duration age = verdict.age();
    sentence = DisplayText.fill(sentence, "age", age == null ? null : age(age, texts));
    if (verdict.state() == BackupVerdictState.FAILED) {
      sentence = DisplayText.fill(sentence, "cause", texts.getString("brief." + verdict.cause()));
    }
    // Last: nothing is looked for in a name that somebody chose.
    return DisplayText.fill(sentence, "device", verdict.deviceName());
  }

  /**
   * What somebody who helps does next; null when nothing is to do.
   *
   * @param reader {@code HELPDESK} or {@code IT}
   */
  static @Nullable String staffNext(BackupVerdict verdict, String reader, ResourceBundle texts) {
    String topic = topic(verdict);
    String key = topic == null ? "staff.next." + verdict.state() : "next." + reader + "." + topic;
    return texts.containsKey(key) ? texts.getString(key) : null;
  }

  /** How long ago, rounded down; nothing is in the future. */
  static String age(Duration age, ResourceBundle texts) {
    if (age.toMinutes() < 1) {
      return texts.getString("age.now");
    }
    if (age.toHours() < 1) {
      return counted(age.toMinutes(), "age.minute", texts);
    }
    return age.toHours() < MOST_HOURS
        ? counted(age.toHours(), "age.hour", texts)
        : DisplayText.fill(texts.getString("age.days"), "count", age.toDays());
  }

  private static String counted(long count, String key, ResourceBundle texts) {
    return count == 1
        ? texts.getString(key)
        : DisplayText.fill(texts.getString(key + "s"), "count", count);
  }

  /** Where the employee's button leads, below the portal's address; null when nothing is to do. */
  static @Nullable String target(BackupVerdict verdict) {
    return switch (verdict.state()) {
      case PROTECTED -> null;
      case NOT_OFFERED -> "/privacy";
      case NOT_SET_UP, NO_DEVICE -> "/my/install";
      case UNFINISHED -> "/my/install#optIn";
      case FIRST_WAITS -> "/my/install#first";
      case OPTED_OUT, CONSENT_PAUSED -> "/my/consent";
      case DEVICE_PAUSED -> "/my/backups#devices-title";
      case PASSWORD_LOST, PARTLY, MISSED, NEVER, FAILED -> "/help#" + topic(verdict);
    };
  }

  /** The entry of the help page; null when it has none about this. */
  static @Nullable String topic(BackupVerdict verdict) {
    RunState cause = verdict.cause();
    return switch (verdict.state()) {
      case PARTLY, FAILED -> cause == null ? null : cause.name();
      case MISSED, NEVER -> BackupVerdictState.MISSED.name();
      case PASSWORD_LOST -> BackupVerdictState.PASSWORD_LOST.name();
      case PROTECTED,
          NOT_OFFERED,
          NOT_SET_UP,
          OPTED_OUT,
          UNFINISHED,
          CONSENT_PAUSED,
          NO_DEVICE,
          DEVICE_PAUSED,
          FIRST_WAITS ->
          null;
    };
  }
}
