package org.hikae.vault.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.Transcript;
import org.junit.jupiter.api.Test;

/**
 * What is signed, authenticated or hashed differs whichever of its fields differs: a field that is
 * left out could be changed by anybody.
 */
class SignedFieldsTest {

  private static final byte[] ID = new byte[16];
  private static final byte[] OTHER_ID = other(ID);
  private static final byte[] KEY = new byte[91];
  private static final byte[] OTHER_KEY = other(KEY);
  private static final Hash256 HASH = Hash256.sha256(new byte[1]);
  private static final Hash256 OTHER = Hash256.sha256(new byte[2]);
  private static final Receipt RECEIPT = WireMessages.RECEIPT;

  @Test
  void of_an_order() {
    OwnerOrder.Order freeze = OwnerOrder.Order.FREEZE;
    assertDifferent(
        OwnerOrder.transcript(freeze, "acme", HASH, ID, KEY, HASH),
        OwnerOrder.transcript(OwnerOrder.Order.VETO, "acme", HASH, ID, KEY, HASH),
        OwnerOrder.transcript(freeze, "other", HASH, ID, KEY, HASH),
        OwnerOrder.transcript(freeze, "acme", OTHER, ID, KEY, HASH),
        OwnerOrder.transcript(freeze, "acme", HASH, OTHER_ID, KEY, HASH),
        OwnerOrder.transcript(freeze, "acme", HASH, ID, OTHER_KEY, HASH),
        OwnerOrder.transcript(freeze, "acme", HASH, ID, KEY, OTHER));
  }

  @Test
  void of_a_witness() {
    assertDifferent(
        Witness.transcript("acme", HASH, ID, ID, 1, HASH),
        Witness.transcript("other", HASH, ID, ID, 1, HASH),
        Witness.transcript("acme", OTHER, ID, ID, 1, HASH),
        Witness.transcript("acme", HASH, OTHER_ID, ID, 1, HASH),
        Witness.transcript("acme", HASH, ID, OTHER_ID, 1, HASH),
        Witness.transcript("acme", HASH, ID, ID, 2, HASH),
        Witness.transcript("acme", HASH, ID, ID, 1, OTHER));
  }

  @Test
  void of_what_lets_a_password_come_into_use() {
    Receipt changed = new Receipt("acme", RECEIPT.entry(), OTHER, RECEIPT.signature());
    assertDifferent(
        VaultPayload.Expose.transcript(ID, RECEIPT),
        VaultPayload.Expose.transcript(OTHER_ID, RECEIPT),
        VaultPayload.Expose.transcript(ID, changed));
  }

  @Test
  void of_a_login() {
    VaultPayload.Operation fetch = VaultPayload.Operation.FETCH;
    assertDifferent(
        VaultPayload.LoginFinish.macBytes(ID, fetch, ID),
        VaultPayload.LoginFinish.macBytes(OTHER_ID, fetch, ID),
        VaultPayload.LoginFinish.macBytes(ID, VaultPayload.Operation.RETIRE, ID),
        VaultPayload.LoginFinish.macBytes(ID, fetch, OTHER_ID));
  }

  @Test
  void of_a_receipt_and_of_the_ledgers_end() {
    LedgerEntry entry = RECEIPT.entry();
    LedgerEntry later =
        new LedgerEntry(
            entry.seq() + 1,
            entry.previous(),
            entry.atMillis(),
            entry.event(),
            entry.subject(),
            entry.employeePrevious(),
            entry.attemptsLeft(),
            entry.dueSeconds(),
            entry.detail(),
            entry.stateHash());
    assertDifferent(
        Receipt.transcript("acme", entry, HASH),
        Receipt.transcript("other", entry, HASH),
        Receipt.transcript("acme", later, HASH),
        Receipt.transcript("acme", entry, OTHER));
    assertThat(RECEIPT.signedBytes())
        .isEqualTo(Receipt.transcript("acme", entry, RECEIPT.mac()).toBytes());
    assertDifferent(
        LedgerHead.transcript("acme", 1, HASH),
        LedgerHead.transcript("other", 1, HASH),
        LedgerHead.transcript("acme", 2, HASH),
        LedgerHead.transcript("acme", 1, OTHER));
  }

  @Test
  void of_a_request() {
    SignedCard card = WireMessages.SIGNED;
    SignedCard otherCard = new SignedCard(KEY, KEY, new byte[Hk1Constants.SIGNATURE_BYTES]);
    VaultMessageType status = VaultMessageType.STATUS;
    assertDifferent(
        VaultRequest.transcript(status, card, 1, "t", ID, KEY, KEY),
        VaultRequest.transcript(VaultMessageType.EXPOSE, card, 1, "t", ID, KEY, KEY),
        VaultRequest.transcript(status, otherCard, 1, "t", ID, KEY, KEY),
        VaultRequest.transcript(status, card, 2, "t", ID, KEY, KEY),
        VaultRequest.transcript(status, card, 1, "u", ID, KEY, KEY),
        VaultRequest.transcript(status, card, 1, "t", OTHER_ID, KEY, KEY),
        VaultRequest.transcript(status, card, 1, "t", ID, OTHER_KEY, KEY),
        VaultRequest.transcript(status, card, 1, "t", ID, KEY, OTHER_KEY));
    assertThat(VaultRequest.signedBytes(status, card, 1, "t", ID, KEY, KEY))
        .isEqualTo(VaultRequest.transcript(status, card, 1, "t", ID, KEY, KEY).toBytes());
  }

  @Test
  void of_a_channel() {
    SignedCard otherCard = new SignedCard(KEY, KEY, new byte[Hk1Constants.SIGNATURE_BYTES]);
    VaultMessageType status = VaultMessageType.STATUS;
    assertDifferent(
        VaultEnvelope.channelInfo(status, "acme", WireMessages.SIGNED),
        VaultEnvelope.channelInfo(VaultMessageType.EXPOSE, "acme", WireMessages.SIGNED),
        VaultEnvelope.channelInfo(status, "other", WireMessages.SIGNED),
        VaultEnvelope.channelInfo(status, "acme", otherCard));
  }

  @Test
  void of_a_name_in_the_ledger() {
    assertDifferent(
        LedgerEntry.employeeOf("acme", "issuer", "subject"),
        LedgerEntry.employeeOf("other", "issuer", "subject"),
        LedgerEntry.employeeOf("acme", "other", "subject"),
        LedgerEntry.employeeOf("acme", "issuer", "other"),
        LedgerEntry.employeeOf("acmei", "ssuer", "subject"),
        LedgerEntry.employeeOf("acme", "issuers", "ubject"),
        LedgerEntry.auditTrailOf("acme"),
        LedgerEntry.auditTrailOf("other"));
  }

  @Test
  void of_what_a_row_of_the_ledger_is_about() {
    assertDifferent(
        LedgerEntry.Detail.registration(HASH, HASH, KEY),
        LedgerEntry.Detail.registration(OTHER, HASH, KEY),
        LedgerEntry.Detail.registration(HASH, OTHER, KEY),
        LedgerEntry.Detail.registration(HASH, HASH, OTHER_KEY),
        LedgerEntry.Detail.witness(ID, 1, HASH),
        LedgerEntry.Detail.witness(OTHER_ID, 1, HASH),
        LedgerEntry.Detail.witness(ID, 2, HASH),
        LedgerEntry.Detail.witness(ID, 1, OTHER),
        LedgerEntry.Detail.login(ID),
        LedgerEntry.Detail.login(OTHER_ID),
        LedgerEntry.Detail.owner(KEY),
        LedgerEntry.Detail.owner(OTHER_KEY));
  }

  @Test
  void of_the_end_of_an_audit_trail() {
    assertDifferent(
        new AuditHead(8, HASH, HASH).detail(),
        new AuditHead(9, HASH, HASH).detail(),
        new AuditHead(8, OTHER, HASH).detail(),
        new AuditHead(8, HASH, OTHER).detail());
  }

  /** Each is none of the others. */
  private static void assertDifferent(Object... all) {
    List<String> bytes = new ArrayList<>();
    for (Object one : all) {
      bytes.add(
          switch (one) {
            case Transcript transcript -> TextCodec.hex(transcript.toBytes());
            case Hash256 hash -> hash.hex();
            case byte[] array -> TextCodec.hex(array);
            default -> throw new IllegalArgumentException(one.toString());
          });
    }
    assertThat(bytes).doesNotHaveDuplicates();
  }

  private static byte[] other(byte[] bytes) {
    byte[] other = Arrays.copyOf(bytes, bytes.length);
    other[0] = 1;
    return other;
  }
}
