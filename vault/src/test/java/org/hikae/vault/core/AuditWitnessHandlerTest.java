package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.testing.VaultTestBase;
import org.hikae.vault.wire.AuditHead;
import org.hikae.vault.wire.AuditHeadAnswer;
import org.hikae.vault.wire.AuditHeadAnswer.HeadOutcome;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.VaultEvent;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The end of the portal's audit trail only moves on. */
@DisplayName("HK1-V-25: the end of the audit trail")
class AuditWitnessHandlerTest extends VaultTestBase {

  private static Hash256 hash(long seq) {
    return Hash256.sha256(new byte[] {(byte) seq});
  }

  private AuditHeadAnswer tell(long seq) {
    return fixture.vault.auditHead(AuditHead.of(seq, hash(seq)));
  }

  private void assertSigned(AuditHeadAnswer answer, VaultEvent event, AuditHead head) {
    Receipt receipt = answer.signed().orElseThrow();
    assertThat(device.isGenuine(receipt)).isTrue();
    LedgerEntry entry = receipt.entry();
    assertThat(entry.event()).isEqualTo(event);
    assertThat(entry.detail()).isEqualTo(head.detail());
    assertThat(entry.subject().employee()).isEqualTo(LedgerEntry.auditTrailOf(VaultFixture.TENANT));
    assertThat(answer.seq()).isEqualTo(head.seq());
    assertThat(answer.hash()).isEqualTo(head.hash());
  }

  @Test
  void a_vault_that_was_told_nothing_says_so() {
    assertThat(fixture.vault.auditHead(AuditHead.NEWEST))
        .isEqualTo(AuditHeadAnswer.without(HeadOutcome.NONE));
  }

  @Test
  void each_end_is_signed_and_the_newest_is_remembered_over_a_restart() {
    assertSigned(tell(3), VaultEvent.AUDIT_HEAD, AuditHead.of(3, hash(3)));
    assertSigned(tell(9), VaultEvent.AUDIT_HEAD, AuditHead.of(9, hash(9)));
    fixture.store.loseLease();
    fixture.comeBack();
    AuditHeadAnswer newest = fixture.vault.auditHead(AuditHead.NEWEST);
    assertThat(newest.outcome()).isEqualTo(HeadOutcome.DONE);
    assertSigned(newest, VaultEvent.AUDIT_HEAD, AuditHead.of(9, hash(9)));
  }

  @Test
  void the_same_end_again_gets_the_same_row() {
    Receipt first = tell(5).signed().orElseThrow();
    Receipt second = tell(5).signed().orElseThrow();
    assertThat(second.entry()).isEqualTo(first.entry());
  }

  @Test
  void a_shorter_trail_or_another_event_at_the_end_is_refused_with_what_was_signed() {
    tell(7);
    AuditHeadAnswer shorter = tell(6);
    assertThat(shorter.outcome()).isEqualTo(HeadOutcome.SET_BACK);
    assertSigned(shorter, VaultEvent.AUDIT_HEAD, AuditHead.of(7, hash(7)));
    AuditHeadAnswer other = fixture.vault.auditHead(AuditHead.of(7, hash(1)));
    assertThat(other.outcome()).isEqualTo(HeadOutcome.SET_BACK);
    assertThat(tell(8).outcome()).isEqualTo(HeadOutcome.DONE);
  }

  @Test
  void an_export_is_signed_and_moves_nothing() {
    tell(7);
    AuditHead atEnd = new AuditHead(7, hash(7), Hash256.sha256(new byte[10]));
    assertSigned(fixture.vault.auditHead(atEnd), VaultEvent.AUDIT_EXPORT, atEnd);
    tell(9);
    AuditHead before = new AuditHead(8, hash(8), Hash256.sha256(new byte[11]));
    assertSigned(fixture.vault.auditHead(before), VaultEvent.AUDIT_EXPORT, before);
    AuditHead wrong = new AuditHead(9, hash(8), Hash256.sha256(new byte[11]));
    assertThat(fixture.vault.auditHead(wrong).outcome()).isEqualTo(HeadOutcome.SET_BACK);
    assertThat(fixture.vault.auditHead(AuditHead.NEWEST).seq()).isEqualTo(9);
  }

  @Test
  void a_day_has_a_limit() {
    for (int seq = 1; seq <= VaultLimits.AUDIT_ROWS_A_DAY; seq++) {
      assertThat(tell(seq).outcome()).isEqualTo(HeadOutcome.DONE);
    }
    long next = VaultLimits.AUDIT_ROWS_A_DAY + 1L;
    assertThat(tell(next)).isEqualTo(AuditHeadAnswer.without(HeadOutcome.LIMIT));
    fixture.clock.advance(Duration.ofDays(1).plusSeconds(1));
    assertThat(tell(next).outcome()).isEqualTo(HeadOutcome.DONE);
  }

  @Test
  void an_account_in_the_trails_place_that_was_set_back_is_noticed() {
    tell(7);
    Hash256 trail = LedgerEntry.auditTrailOf(VaultFixture.TENANT);
    fixture.tamper(rows -> rows.putAccount(trail, new byte[3], Long.MAX_VALUE));
    assertThat(tell(8)).isEqualTo(AuditHeadAnswer.without(HeadOutcome.NOT_NOW));
  }
}
