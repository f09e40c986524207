package org.hikae.insight.control;

import java.util.Optional;
import org.hikae.insight.view.BackupVerdictState;
import org.hikae.insight.view.NudgeView.SkippedReason;
import org.hikae.notice.wire.NoticeKind;

/** Decides whom a reminder helps, from the verdict on their backup. */
public final class NudgeRules {

  private NudgeRules() {}

  /** What they are reminded of; empty when a reminder is of no use. */
  public static Optional<NoticeKind> kind(BackupVerdictState state) {
    return switch (state) {
      case NOT_SET_UP, UNFINISHED -> Optional.of(NoticeKind.NUDGE_OPT_IN);
      case CONSENT_PAUSED, NO_DEVICE, DEVICE_PAUSED, MISSED, NEVER, FAILED ->
          Optional.of(NoticeKind.NUDGE_BACKUP);
      case NOT_OFFERED, OPTED_OUT, PASSWORD_LOST, PROTECTED, PARTLY, FIRST_WAITS ->
          Optional.empty();
    };
  }

  /** Why a reminder is of no use. */
  public static SkippedReason reason(BackupVerdictState state) {
    return switch (state) {
      case NOT_OFFERED -> SkippedReason.NOT_OFFERED;
      case OPTED_OUT -> SkippedReason.OPTED_OUT;
      default -> SkippedReason.NOT_NEEDED;
    };
  }
}
