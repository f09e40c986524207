package org.hikae.device.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.MissingQuery;
import org.hikae.crypto.opaque.client.Argon2idKsf;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.device.keys.DigitKey;
import org.hikae.device.keys.PasswordRules;
import org.hikae.enrollment.wire.Rotate;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.ResticWrap;
import org.hikae.hk1.WrapHeader;
import org.hikae.hk1.WrapMethod;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.testing.SpecNumbers;
import org.hikae.vault.wire.AuditHeadAnswer;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.OwnerOrder;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.SeriesHead;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultEventPage;
import org.hikae.vault.wire.VaultFrame;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.junit.jupiter.api.Test;

/** The numbers of the protocol are those of the specification (HK1-N-05). */
class ProtocolNumbersTest {

  private static <E extends Enum<E>> Map<String, Long> numbers(
      E[] all, Function<E, String> name, ToIntFunction<E> number) {
    Map<String, Long> numbers = new TreeMap<>();
    Arrays.stream(all).forEach(e -> numbers.put(name.apply(e), (long) number.applyAsInt(e)));
    return numbers;
  }

  private static <E extends Enum<E>> Map<String, Long> numbers(E[] all, ToIntFunction<E> number) {
    return numbers(all, Enum::name, number);
  }

  @Test
  void of_messages() {
    assertThat(SpecNumbers.of("vault-message"))
        .isEqualTo(numbers(VaultMessageType.values(), VaultMessageType::number));
    assertThat(SpecNumbers.of("vault-operation"))
        .isEqualTo(numbers(VaultPayload.Operation.values(), VaultPayload.Operation::number));
    assertThat(SpecNumbers.of("vault-order"))
        .isEqualTo(numbers(OwnerOrder.Order.values(), OwnerOrder.Order::number));
    assertThat(SpecNumbers.of("frame-kind"))
        .isEqualTo(numbers(VaultFrame.Kind.values(), VaultFrame.Kind::number));
    assertThat(SpecNumbers.of("wrap-method"))
        .isEqualTo(numbers(WrapMethod.values(), WrapMethod::number));
  }

  @Test
  void of_answers() {
    assertThat(SpecNumbers.of("vault-event"))
        .isEqualTo(numbers(VaultEvent.values(), VaultEvent::number));
    assertThat(SpecNumbers.of("vault-refusal"))
        .isEqualTo(numbers(VaultRefusal.values(), VaultRefusal::number));
    assertThat(SpecNumbers.of("record-state"))
        .isEqualTo(numbers(RecordState.values(), RecordState::number));
    assertThat(SpecNumbers.of("announcement"))
        .isEqualTo(numbers(StatusDone.Announcement.values(), StatusDone.Announcement::number));
    assertThat(SpecNumbers.of("audit-outcome"))
        .isEqualTo(
            numbers(AuditHeadAnswer.HeadOutcome.values(), AuditHeadAnswer.HeadOutcome::number));
    assertThat(SpecNumbers.of("problem"))
        .isEqualTo(numbers(ProblemCode.values(), ProblemCode::code, ProblemCode::status));
  }

  private static Map<String, Long> table(Object... namesAndNumbers) {
    Map<String, Long> table = new TreeMap<>();
    for (int i = 0; i < namesAndNumbers.length; i += 2) {
      table.put((String) namesAndNumbers[i], ((Number) namesAndNumbers[i + 1]).longValue());
    }
    return table;
  }

  @Test
  void of_bytes() {
    assertThat(SpecNumbers.of("bytes"))
        .isEqualTo(
            table(
                "suite", Hk1Constants.SUITE,
                "id", Hk1Constants.ID_BYTES,
                "hash", Hk1Constants.HASH_BYTES,
                "signature", Hk1Constants.SIGNATURE_BYTES,
                "tag", Hk1Constants.TAG_BYTES,
                "spki", VerifyingKey.BYTES,
                "spki-limit", Hk1Constants.MAX_SPKI_BYTES,
                "object-limit", Hk1Constants.MAX_OBJECT_BYTES,
                "wrap-limit", Hk1Constants.MAX_WRAP_BYTES,
                "vault-message-limit", Hk1Constants.MAX_VAULT_MESSAGE_BYTES,
                "wrap-header", WrapHeader.FIXED_BYTES,
                "wrap-body", WrapHeader.BODY_BYTES,
                "password-wrap", VaultPayload.PASSWORD_WRAP_BYTES,
                "registration-request", VaultPayload.REGISTRATION_REQUEST_BYTES,
                "registration-response", VaultPayload.REGISTRATION_RESPONSE_BYTES,
                "registration-upload", VaultPayload.REGISTRATION_UPLOAD_BYTES,
                "ke1", VaultPayload.KE1_BYTES,
                "ke2", VaultPayload.KE2_BYTES,
                "ke3", VaultPayload.KE3_BYTES,
                "signed-card-limit", SignedCard.MAX_BYTES,
                "ledger-row-limit", LedgerEntry.MAX_BYTES,
                "receipt-limit", Receipt.MAX_BYTES,
                "head", LedgerHead.MAX_BYTES,
                "frame-body-limit", VaultFrame.MAX_BODY_BYTES,
                "restic-wrap", ResticWrap.BYTES,
                "restic-password-limit", ResticWrap.MAX_PASSWORD_BYTES));
  }

  @Test
  void of_counts_and_keys() {
    assertThat(SpecNumbers.of("count"))
        .isEqualTo(
            table(
                "former-identity-keys", VaultCard.History.MAX_FORMER,
                "series", SeriesHead.MAX_SERIES,
                "status-receipts", StatusDone.MAX_RECEIPTS,
                "event-page-receipts", VaultEventPage.MAX_RECEIPTS,
                "no-attempts", VaultReply.Refused.NOT_ABOUT_ATTEMPTS,
                "commit-names", CommitSnapshot.MAX_NAMES,
                "missing-names", MissingQuery.MAX_NAMES,
                "rotation-wraps", Rotate.MAX_WRAPS,
                "restic-passwords", ResticWrap.MAX_KEPT));
    assertThat(SpecNumbers.of("key"))
        .isEqualTo(
            table(
                "digits", DigitKey.DIGITS,
                "row-digits", DigitKey.ROW_DIGITS,
                "password-least", PasswordRules.MIN_CODE_POINTS,
                "password-most", PasswordRules.MAX_CODE_POINTS,
                "argon2-kib", Argon2idKsf.MEMORY_KIB,
                "argon2-passes", Argon2idKsf.PASSES,
                "argon2-lanes", Argon2idKsf.LANES));
  }
}
