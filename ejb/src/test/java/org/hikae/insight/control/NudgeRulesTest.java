package org.hikae.insight.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.insight.view.BackupVerdictState;
import org.hikae.insight.view.NudgeView.SkippedReason;
import org.hikae.notice.wire.NoticeKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is reminded, and who is left in peace. */
class NudgeRulesTest {

  @Test
  void who_may_begin_and_has_not_is_reminded_to_set_it_up() {
    assertThat(NudgeRules.kind(BackupVerdictState.NOT_SET_UP)).contains(NoticeKind.NUDGE_OPT_IN);
    assertThat(NudgeRules.kind(BackupVerdictState.UNFINISHED)).contains(NoticeKind.NUDGE_OPT_IN);
  }

  @Test
  void whose_backup_stopped_is_reminded_of_that() {
    for (BackupVerdictState state :
        new BackupVerdictState[] {
          BackupVerdictState.MISSED, BackupVerdictState.FAILED, BackupVerdictState.NEVER
        }) {
      assertThat(NudgeRules.kind(state)).contains(NoticeKind.NUDGE_BACKUP);
    }
  }

  @Test
  void who_decided_otherwise_or_is_well_gets_none() {
    assertThat(NudgeRules.reason(BackupVerdictState.OPTED_OUT)).isEqualTo(SkippedReason.OPTED_OUT);
    assertThat(NudgeRules.reason(BackupVerdictState.NOT_OFFERED))
        .isEqualTo(SkippedReason.NOT_OFFERED);
    assertThat(NudgeRules.reason(BackupVerdictState.PROTECTED)).isEqualTo(SkippedReason.NOT_NEEDED);
  }

  @ParameterizedTest
  @EnumSource(
      value = BackupVerdictState.class,
      names = {"NOT_OFFERED", "OPTED_OUT", "PASSWORD_LOST", "PROTECTED", "PARTLY", "FIRST_WAITS"})
  void nothing_that_the_person_need_do(BackupVerdictState state) {
    assertThat(NudgeRules.kind(state)).isEmpty();
  }
}
