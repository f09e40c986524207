package org.hikae.vault.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.vault.wire.ReceiptHistory.InterpretedReceipt;
import org.hikae.vault.wire.ReceiptHistory.Meaning;
import org.junit.jupiter.api.Test;

/** What the rows of the ledger mean to a person. */
class ReceiptHistoryTest {

  private static final byte[] OWN = new byte[16];
  private static final byte[] OTHER = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  private static final String OWN_ID = "0".repeat(32);

  @Test
  void an_event_that_is_not_about_attempts_means_what_it_is_called() {
    Set<VaultEvent> others = EnumSet.allOf(VaultEvent.class);
    others.removeAll(
        EnumSet.of(
            VaultEvent.PENDING,
            VaultEvent.CHARGED,
            VaultEvent.FAILED,
            VaultEvent.RETIRED,
            VaultEvent.AUDIT_HEAD,
            VaultEvent.AUDIT_EXPORT));
    for (VaultEvent event : others) {
      assertThat(only(event)).isEqualTo(Meaning.valueOf(event.name()));
    }
    assertThat(only(VaultEvent.PENDING)).isEqualTo(Meaning.REGISTERED);
    assertThat(only(VaultEvent.FAILED)).isEqualTo(Meaning.WRONG_PROOF);
    assertThat(only(VaultEvent.AUDIT_HEAD)).isEqualTo(Meaning.AUDITED);
    assertThat(only(VaultEvent.AUDIT_EXPORT)).isEqualTo(Meaning.AUDITED);
  }

  @Test
  void a_try_was_wrong_unless_the_same_login_opened_or_was_not_answered() {
    List<Receipt> receipts =
        List.of(
            receipt(1, VaultEvent.CHARGED, OWN, 1, 1),
            receipt(2, VaultEvent.CHARGED, OWN, 1, 2),
            receipt(3, VaultEvent.OPENED, OWN, 1, 2),
            receipt(4, VaultEvent.CHARGED, OWN, 1, 3),
            receipt(5, VaultEvent.VOIDED, OWN, 1, 3),
            receipt(6, VaultEvent.CHARGED, OWN, 1, 4),
            receipt(7, VaultEvent.FAILED, OWN, 1, 4));

    assertThat(ReceiptHistory.of(receipts).stream().map(InterpretedReceipt::meaning))
        .containsExactly(
            Meaning.WRONG_PASSWORD,
            Meaning.TRIED,
            Meaning.OPENED,
            Meaning.TRIED,
            Meaning.VOIDED,
            Meaning.WRONG_PASSWORD,
            Meaning.WRONG_PROOF);
  }

  @Test
  void a_password_that_was_never_in_use_is_dropped_and_not_erased() {
    List<Receipt> receipts =
        List.of(
            receipt(1, VaultEvent.ACTIVE, OWN, 1, 0),
            receipt(2, VaultEvent.RETIRED, OWN, 2, 0),
            receipt(3, VaultEvent.RETIRED, OWN, 1, 0));

    assertThat(ReceiptHistory.of(receipts).stream().map(InterpretedReceipt::meaning))
        .containsExactly(Meaning.ACTIVE, Meaning.DROPPED, Meaning.RETIRED);
  }

  @Test
  void a_row_keeps_its_number_and_its_device() {
    InterpretedReceipt happened =
        ReceiptHistory.of(List.of(receipt(9, VaultEvent.FROZEN, OTHER, 0, 0))).getFirst();

    assertThat(happened.seq()).isEqualTo(9);
    assertThat(happened.deviceId()).isEqualTo("01" + "0".repeat(30));
  }

  @Test
  void news_is_what_somebody_else_did_to_the_password() {
    assertThat(news(OTHER))
        .containsExactlyInAnyOrder(
            Meaning.WRONG_PASSWORD,
            Meaning.OPENED,
            Meaning.ACTIVE,
            Meaning.RETIRED,
            Meaning.LOCKED,
            Meaning.FROZEN,
            Meaning.UNFROZEN,
            Meaning.REPLACE_ANNOUNCED,
            Meaning.DELETE_ANNOUNCED,
            Meaning.ADMIN_DELETE_ANNOUNCED,
            Meaning.VETOED,
            Meaning.HANDED_OVER,
            Meaning.RESTORED);
    assertThat(news(OWN))
        .containsExactlyInAnyOrder(
            Meaning.LOCKED, Meaning.ADMIN_DELETE_ANNOUNCED, Meaning.RESTORED);
  }

  private static Set<Meaning> news(byte[] device) {
    Receipt receipt = receipt(1, VaultEvent.FROZEN, device, 0, 0);
    return Arrays.stream(Meaning.values())
        .filter(meaning -> new InterpretedReceipt(meaning, receipt).isNewsTo(OWN_ID))
        .collect(Collectors.toSet());
  }

  private static Meaning only(VaultEvent event) {
    return ReceiptHistory.of(List.of(receipt(1, event, OWN, 0, 0))).getFirst().meaning();
  }

  private static Receipt receipt(
      long seq, VaultEvent event, byte[] device, int password, int login) {
    LedgerEntry.Subject subject =
        new LedgerEntry.Subject(
            Hash256.ZERO, new byte[16], Hash256.sha256(new byte[password]), device);
    LedgerEntry entry =
        new LedgerEntry(
            seq,
            Hash256.ZERO,
            1,
            event,
            subject,
            0,
            5,
            0,
            LedgerEntry.Detail.login(new byte[login]),
            Hash256.ZERO);
    return new Receipt("acme", entry, Hash256.ZERO, new byte[Hk1Constants.SIGNATURE_BYTES]);
  }
}
