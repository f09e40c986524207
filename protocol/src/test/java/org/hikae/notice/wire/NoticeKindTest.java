package org.hikae.notice.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NoticeKindTest {

  @Test
  void each_kind_is_found_by_its_code_and_nothing_else_is() {
    for (NoticeKind kind : NoticeKind.values()) {
      assertThat(NoticeKind.named(kind.code())).hasValue(kind);
    }
    assertThat(Arrays.stream(NoticeKind.values()).map(NoticeKind::code))
        .doesNotHaveDuplicates()
        .contains("vault.locked");
    assertThat(NoticeKind.named("vault.unlocked")).isEmpty();
  }

  @Test
  void what_needs_somebody_is_sent_without_being_asked_for() {
    assertThat(NoticeKind.SET_ACTIVE.isSentUnasked()).isFalse();
    assertThat(NoticeKind.VAULT_FAILED.isSentUnasked()).isTrue();
    assertThat(NoticeKind.VAULT_LOCKED.isSentUnasked()).isTrue();
  }

  @Test
  void a_kind_knows_who_hears_of_it_beside_the_employee() {
    assertThat(NoticeKind.LEDGER_REGRESS.roles()).containsExactly("backup-admin", "auditor");
    assertThat(NoticeKind.SET_ACTIVE.roles()).isEmpty();
    assertThat(NoticeKind.LEDGER_REGRESS.severity()).isEqualTo(NoticeKind.Severity.CRITICAL);
  }
}
