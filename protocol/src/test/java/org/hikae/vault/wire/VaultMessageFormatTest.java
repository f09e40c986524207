package org.hikae.vault.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.junit.jupiter.api.Test;

/**
 * Every vault message reads back as it was written, and no cut or lengthened form of it is read at
 * all (HK1-V-11).
 */
class VaultMessageFormatTest {

  @Test
  void every_message_reads_back_as_it_was_written() throws Exception {
    for (Map.Entry<String, WireMessages.Message<?>> each : WireMessages.all().entrySet()) {
      byte[] bytes = each.getValue().bytes();
      assertSame(each.getKey(), each.getValue().read(bytes), each.getValue().value());
      assertThat(each.getValue().again(bytes)).as(each.getKey()).isEqualTo(bytes);
    }
  }

  /** By what a message says of itself: records with arrays have no equality of their own. */
  private static void assertSame(String what, Object actual, Object expected) throws Exception {
    if (expected instanceof Record) {
      assertThat(actual).as(what).hasSameClassAs(expected);
      for (RecordComponent part : expected.getClass().getRecordComponents()) {
        Method accessor = part.getAccessor();
        assertSame(what + " " + part.getName(), accessor.invoke(actual), accessor.invoke(expected));
      }
    } else if (expected instanceof List<?> list) {
      assertThat((List<?>) actual).as(what).hasSameSizeAs(list);
      for (int i = 0; i < list.size(); i++) {
        assertSame(what + " " + i, ((List<?>) actual).get(i), list.get(i));
      }
    } else {
      assertThat(actual).as(what).isEqualTo(expected);
    }
  }

  @Test
  void no_cut_or_lengthened_message_is_read() {
    for (Map.Entry<String, WireMessages.Message<?>> each : WireMessages.all().entrySet()) {
      byte[] bytes = each.getValue().bytes();
      for (int length = 0; length <= bytes.length + 5; length++) {
        if (length != bytes.length) {
          byte[] other = Arrays.copyOf(bytes, length);
          assertThatThrownBy(() -> each.getValue().read(other))
              .as("%s with %d bytes", each.getKey(), length)
              .isInstanceOf(MalformedException.class);
        }
      }
    }
  }

  @Test
  void no_part_that_is_signed_is_read_with_bytes_behind_it() {
    StatusDone status = WireMessages.status(RecordState.ACTIVE, 1, 1);
    byte[] more = status.transcript().add(new byte[0]).toBytes();
    byte[] message = Transcript.fields().add(more).add(status.signature()).toBytes();

    assertThatThrownBy(() -> StatusDone.parse(message))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("after the last field");
  }

  @Test
  void only_what_takes_an_argument_is_read_with_one() {
    byte[] id = new byte[16];
    for (VaultPayload.Operation operation : VaultPayload.Operation.values()) {
      int right = operation == VaultPayload.Operation.REPLACE ? 32 : 0;
      for (int length : new int[] {0, 1, 16, 31, 32, 33}) {
        byte[] message =
            new VaultPayload.LoginFinish(
                    id, new byte[32], operation, new byte[length], new byte[32])
                .encode();
        assertRead(
            length == right, operation + " " + length, message, VaultPayload.LoginFinish::parse);
      }
    }
    for (OwnerOrder.Order order : OwnerOrder.Order.values()) {
      boolean key = order == OwnerOrder.Order.HAND_OVER;
      for (int length : new int[] {0, 1, 32, 91}) {
        byte[] message =
            new OwnerOrder(
                    order, new byte[length], Hash256.ZERO, new byte[Hk1Constants.SIGNATURE_BYTES])
                .encode();
        assertRead(key || length == 0, order + " " + length, message, OwnerOrder::parse);
      }
    }
  }

  /** Reads a message. */
  private interface Parser {
    Object parse(byte[] bytes) throws MalformedException;
  }

  private static void assertRead(boolean expected, String what, byte[] message, Parser parser) {
    boolean read;
    try {
      parser.parse(message);
      read = true;
    } catch (MalformedException e) {
      read = false;
    }
    assertThat(read).as(what).isEqualTo(expected);
  }

  @Test
  void unknown_numbers_are_refused() {
    assertThatThrownBy(() -> VaultMessageType.of(0)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> VaultRefusal.of(99)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> RecordState.of(5)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> VaultEvent.of(0)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> StatusDone.Announcement.of(9)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> VaultPayload.Operation.of(0)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> OwnerOrder.Order.of(6)).isInstanceOf(MalformedException.class);
    byte[] otherSuite = WireMessages.CARD.signedBytes();
    otherSuite[4 + "HK1 vault card".length() + 4 + 1] ^= 1;
    assertThatThrownBy(() -> VaultCard.parse(otherSuite)).hasMessageContaining("Suite");
  }

  @Test
  void flags_and_counts_beyond_what_there_is_are_refused() {
    byte[] status = WireMessages.status(RecordState.ACTIVE, 0, 0).encode();
    int frozen = 4 + 4 + "HK1 vault status".length() + 20 + 5 + 36 + 20 + 4;
    assertThat(status[frozen]).isEqualTo((byte) 1);
    status[frozen] = 2;
    assertThatThrownBy(() -> StatusDone.parse(status)).hasMessageContaining("frozen is 0 or 1");

    byte[] outer = new VaultReply.Outer(true, new byte[1]).encode();
    outer[4] = 2;
    assertThatThrownBy(() -> VaultReply.Outer.parse(outer)).hasMessageContaining("unknown kind");

    byte[] card = WireMessages.CARD.signedBytes();
    card[card.length - 1] = VaultCard.History.MAX_FORMER + 1;
    assertThatThrownBy(() -> VaultCard.parse(card)).hasMessageContaining("at most 8 former keys");
  }

  @Test
  void a_row_names_set_and_device_by_sixteen_bytes_each() {
    for (int[] lengths : new int[][] {{15, 16}, {17, 16}, {16, 15}, {16, 17}}) {
      assertThatThrownBy(
              () ->
                  new LedgerEntry.Subject(
                      Hash256.ZERO, new byte[lengths[0]], Hash256.ZERO, new byte[lengths[1]]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_card_keeps_its_former_keys_whatever_others_do_with_theirs() {
    byte[] given = new byte[91];
    VaultCard.History history = new VaultCard.History(2, 1, List.of(given));
    given[0] = 1;
    history.formerIdentities().getFirst()[0] = 2;

    assertThat(history.formerIdentities().getFirst()).isEqualTo(new byte[91]);
  }

  @Test
  void the_longest_status_fits_into_a_message_and_a_longer_one_is_refused() throws Exception {
    byte[] longest =
        WireMessages.status(RecordState.ACTIVE, SeriesHead.MAX_SERIES, StatusDone.MAX_RECEIPTS)
            .encode();
    assertThat(longest.length).isLessThan(Hk1Constants.MAX_VAULT_MESSAGE_BYTES);
    assertThat(StatusDone.parse(longest).receipts()).hasSize(StatusDone.MAX_RECEIPTS);

    byte[] series = WireMessages.status(RecordState.ACTIVE, SeriesHead.MAX_SERIES + 1, 0).encode();
    byte[] receipts =
        WireMessages.status(RecordState.ACTIVE, 0, StatusDone.MAX_RECEIPTS + 1).encode();
    assertThatThrownBy(() -> StatusDone.parse(series)).hasMessageContaining("series");
    assertThatThrownBy(() -> StatusDone.parse(receipts)).hasMessageContaining("receipts");
  }

  @Test
  void the_end_of_an_audit_trail_is_told_from_an_export_of_it() {
    Hash256 hash = Hash256.sha256(new byte[1]);
    AuditHead end = AuditHead.of(8, hash);
    AuditHead export = new AuditHead(8, hash, Hash256.sha256(new byte[2]));

    assertThat(end.isExport()).isFalse();
    assertThat(export.isExport()).isTrue();
    assertThat(List.of(end.detail(), export.detail(), AuditHead.of(9, hash).detail()))
        .doesNotContain(Hash256.ZERO)
        .doesNotHaveDuplicates();
    assertThat(LedgerEntry.auditTrailOf("acme"))
        .isNotEqualTo(LedgerEntry.auditTrailOf("other"))
        .isNotEqualTo(Hash256.ZERO);
  }

  @Test
  void an_answer_about_the_audit_trail_has_a_receipt_or_none() {
    AuditHeadAnswer.HeadOutcome done = AuditHeadAnswer.HeadOutcome.DONE;
    assertThat(AuditHeadAnswer.without(done).signed()).isEmpty();
    assertThat(new AuditHeadAnswer(done, 8, Hash256.ZERO, WireMessages.RECEIPT).signed())
        .containsSame(WireMessages.RECEIPT);
  }

  @Test
  void a_page_without_an_answer_stays_where_it_was() {
    assertThat(VaultEventPage.notNow(7)).isEqualTo(new VaultEventPage(7, 0, List.of()));
  }

  @Test
  void a_page_has_at_most_forty_receipts() throws Exception {
    List<Receipt> most = Collections.nCopies(VaultEventPage.MAX_RECEIPTS, WireMessages.RECEIPT);
    byte[] full = new VaultEventPage(5, 9, most).encode();
    assertThat(full.length).isLessThan(Hk1Constants.MAX_VAULT_MESSAGE_BYTES);
    assertThat(VaultEventPage.parse(full).receipts()).hasSize(VaultEventPage.MAX_RECEIPTS);

    List<Receipt> more = Collections.nCopies(VaultEventPage.MAX_RECEIPTS + 1, WireMessages.RECEIPT);
    assertThatThrownBy(() -> new VaultEventPage(5, 9, more))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("40");
    Transcript written = Transcript.fields().addU64(5).addU64(9).addU8(more.size());
    more.forEach(receipt -> written.add(receipt.encode()));
    byte[] tooMany = written.toBytes();
    assertThatThrownBy(() -> VaultEventPage.parse(tooMany))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("40");
  }

  @Test
  void a_card_has_numbers_from_one_and_at_most_eight_former_keys() throws Exception {
    List<byte[]> eight = Collections.nCopies(VaultCard.History.MAX_FORMER, new byte[91]);
    VaultCard fullest = renewed(new VaultCard.History(0xffff, 0xffff, eight));
    assertThat(VaultCard.parse(fullest.signedBytes()).history().formerIdentities()).hasSize(8);
    assertThat(new VaultCard.History(1, 1, List.of())).isNotNull();

    List<byte[]> nine = Collections.nCopies(VaultCard.History.MAX_FORMER + 1, new byte[91]);
    for (int[] numbers : new int[][] {{0, 1}, {1, 0}, {0x10000, 1}, {1, 0x10000}}) {
      assertThatThrownBy(() -> new VaultCard.History(numbers[0], numbers[1], List.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new VaultCard.History(1, 1, nine))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_card_has_keys_of_their_length_and_a_plain_tenant() {
    String longest = "a-0".repeat(21) + "z";
    assertThat(card(longest, 65, 33).tenant()).hasSize(64);
    for (String tenant : List.of("", longest + "a", "Acme", "a b", "a.b", "ａ")) {
      assertThatThrownBy(() -> card(tenant, 65, 33)).isInstanceOf(IllegalArgumentException.class);
    }
    for (int length : new int[] {64, 66}) {
      assertThatThrownBy(() -> card("acme", length, 33))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int length : new int[] {32, 34}) {
      assertThatThrownBy(() -> card("acme", 65, length))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static VaultCard card(String tenant, int channelKey, int akeKey) {
    return new VaultCard(
        3, tenant, new byte[91], new byte[channelKey], new byte[akeKey], "software");
  }

  private static VaultCard renewed(VaultCard.History history) {
    return new VaultCard(4, "acme", new byte[91], new byte[65], new byte[33], "software", history);
  }

  @Test
  void a_token_and_an_answer_are_never_printed() {
    assertThat(
            new VaultRequest(
                9,
                "s3cret",
                set(),
                new byte[91],
                new byte[0],
                new byte[5],
                new byte[Hk1Constants.SIGNATURE_BYTES]))
        .hasToString("VaultRequest(REDACTED)");
    assertThat(new VaultReply.Done(new byte[] {115, 51})).hasToString("Done(REDACTED)");
  }

  private static byte[] set() {
    return new byte[16];
  }
}
