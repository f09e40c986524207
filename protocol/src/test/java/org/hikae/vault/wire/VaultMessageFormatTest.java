package org.hikae.vault.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.junit.jupiter.api.Test;

/**
 * Every vault message reads back as it was written, and no cut or lengthened form of it is read at
 * all (HK1-V-11).
 */
class VaultMessageFormatTest {

  private static final VaultCard CARD =
      new VaultCard(3, "acme", new byte[91], new byte[65], new byte[33], "software");
  private static final SignedCard SIGNED =
      new SignedCard(CARD.signedBytes(), new byte[91], new byte[64]);
  private static final LedgerEntry ENTRY =
      new LedgerEntry(
          5,
          Hash256.sha256(new byte[1]),
          1_800_000_000_123L,
          VaultEvent.ACTIVE,
          new LedgerEntry.Subject(
              LedgerEntry.employeeOf("acme", "https://sso.example/realms/acme", "sub"),
              new byte[16],
              Hash256.sha256(new byte[2]),
              new byte[16]),
          4,
          9,
          1_800_000_100L,
          Hash256.sha256(new byte[3]),
          Hash256.sha256(new byte[4]));
  private static final Receipt RECEIPT =
      new Receipt("acme", ENTRY, Hash256.sha256(new byte[5]), new byte[64]);
  private static final LedgerHead HEAD =
      new LedgerHead(7, Hash256.sha256(new byte[6]), new byte[64]);
  private static final SeriesHead SERIES =
      new SeriesHead(new byte[16], 3, Hash256.sha256(new byte[7]), 1_800_000_000L);

  /** Decodes and encodes again. */
  private interface Round {
    byte[] trip(byte[] bytes) throws MalformedException;
  }

  private record Case(byte[] bytes, Round round) {}

  private static Map<String, Case> cases() {
    Map<String, Case> cases = new TreeMap<>();
    cases.put("card", new Case(CARD.signedBytes(), b -> VaultCard.parse(b).signedBytes()));
    VaultCard renewed =
        new VaultCard(
            4,
            "acme",
            new byte[91],
            new byte[65],
            new byte[33],
            "pkcs11",
            new VaultCard.History(3, 2, List.of(new byte[91], new byte[90])));
    cases.put(
        "renewed card", new Case(renewed.signedBytes(), b -> VaultCard.parse(b).signedBytes()));
    cases.put("signed card", new Case(SIGNED.encode(), b -> SignedCard.parse(b).encode()));
    VaultEventPage events = new VaultEventPage(5, 9, List.of(RECEIPT, RECEIPT));
    cases.put("events", new Case(events.encode(), b -> VaultEventPage.parse(b).encode()));
    cases.put(
        "events request",
        new Case(VaultEventPage.request(7), b -> VaultEventPage.request(VaultEventPage.after(b))));
    AuditHead head = new AuditHead(8, Hash256.sha256(new byte[8]), Hash256.sha256(new byte[9]));
    cases.put("audit head", new Case(head.encode(), b -> AuditHead.parse(b).encode()));
    AuditHeadAnswer kept =
        new AuditHeadAnswer(AuditHeadAnswer.Outcome.SET_BACK, 8, head.hash(), RECEIPT);
    cases.put("audit answer", new Case(kept.encode(), b -> AuditHeadAnswer.parse(b).encode()));
    cases.put(
        "audit answer without receipt",
        new Case(
            AuditHeadAnswer.without(AuditHeadAnswer.Outcome.LIMIT).encode(),
            b -> AuditHeadAnswer.parse(b).encode()));
    cases.put("receipt", new Case(RECEIPT.encode(), b -> Receipt.parse(b).encode()));
    cases.put(
        "envelope",
        new Case(
            new VaultEnvelope(VaultMessageType.STATUS, 3, new byte[99]).encode(),
            b -> VaultEnvelope.parse(b).encode()));
    cases.put(
        "request",
        new Case(
            new VaultRequest(
                    9,
                    "token",
                    new byte[16],
                    new byte[91],
                    HEAD.encode(),
                    new byte[5],
                    new byte[64])
                .encode(),
            b -> VaultRequest.parse(b).encode()));
    cases.put(
        "done",
        new Case(new VaultReply.Done(new byte[7]).encode(), b -> VaultReply.parse(b).encode()));
    cases.put(
        "refused",
        new Case(
            new VaultReply.Refused(VaultRefusal.WAIT, 3, 60).encode(),
            b -> VaultReply.parse(b).encode()));
    cases.put(
        "outer",
        new Case(
            new VaultReply.Outer(true, new byte[7]).encode(),
            b -> VaultReply.Outer.parse(b).encode()));
    cases.put("ledger row", new Case(ENTRY.encode(), b -> LedgerEntry.parse(b).encode()));
    cases.put("head", new Case(HEAD.encode(), b -> LedgerHead.parse(b).encode()));
    answers(cases);
    payloads(cases);
    logins(cases);
    orders(cases);
    return cases;
  }

  private static void answers(Map<String, Case> cases) {
    VaultReply refused = VaultReply.Refused.of(VaultRefusal.SEALED);
    cases.put(
        "answer with head",
        new Case(
            new VaultAnswer(new VaultReply.Done(new byte[7]), HEAD).encode(),
            b -> VaultAnswer.parse(b).encode()));
    cases.put(
        "answer without head",
        new Case(new VaultAnswer(refused, null).encode(), b -> VaultAnswer.parse(b).encode()));
  }

  private static void orders(Map<String, Case> cases) {
    cases.put(
        "Witness",
        new Case(
            new Witness(new byte[91], 8, Hash256.ZERO, new byte[64]).encode(),
            b -> Witness.parse(b).encode()));
    for (OwnerOrder.Order order : OwnerOrder.Order.values()) {
      byte[] argument = order == OwnerOrder.Order.HAND_OVER ? new byte[91] : new byte[0];
      cases.put(
          "order " + order,
          new Case(
              new OwnerOrder(order, argument, Hash256.ZERO, new byte[64]).encode(),
              b -> OwnerOrder.parse(b).encode()));
    }
  }

  private static void payloads(Map<String, Case> cases) {
    byte[] id = new byte[16];
    byte[] credId = new byte[32];
    cases.put(
        "RegInit",
        new Case(
            new VaultPayload.RegInit(id, new byte[33], new byte[91]).encode(),
            b -> VaultPayload.RegInit.parse(b).encode()));
    cases.put(
        "RegInitDone",
        new Case(
            new VaultPayload.RegInitDone(credId, new byte[66]).encode(),
            b -> VaultPayload.RegInitDone.parse(b).encode()));
    cases.put(
        "RegFinish",
        new Case(
            new VaultPayload.RegFinish(
                    credId, new byte[129], new byte[VaultPayload.PASSWORD_WRAP_BYTES])
                .encode(),
            b -> VaultPayload.RegFinish.parse(b).encode()));
    cases.put(
        "Expose",
        new Case(
            new VaultPayload.Expose(credId, new byte[64]).encode(),
            b -> VaultPayload.Expose.parse(b).encode()));
  }

  private static void logins(Map<String, Case> cases) {
    byte[] id = new byte[16];
    byte[] credId = new byte[32];
    cases.put(
        "LoginStart",
        new Case(
            new VaultPayload.LoginStart(id, credId, new byte[98]).encode(),
            b -> VaultPayload.LoginStart.parse(b).encode()));
    cases.put(
        "LoginStartDone",
        new Case(
            new VaultPayload.LoginStartDone(new byte[259], 9).encode(),
            b -> VaultPayload.LoginStartDone.parse(b).encode()));
    for (VaultPayload.Operation operation : VaultPayload.Operation.values()) {
      byte[] argument = operation == VaultPayload.Operation.REPLACE ? credId : new byte[0];
      cases.put(
          "LoginFinish " + operation,
          new Case(
              new VaultPayload.LoginFinish(id, new byte[32], operation, argument, new byte[32])
                  .encode(),
              b -> VaultPayload.LoginFinish.parse(b).encode()));
    }
    cases.put(
        "LoginFinishDone",
        new Case(
            new VaultPayload.LoginFinishDone(
                    new byte[VaultPayload.PASSWORD_WRAP_BYTES], RECEIPT, List.of(SERIES, SERIES))
                .encode(),
            b -> VaultPayload.LoginFinishDone.parse(b).encode()));
    cases.put(
        "Status",
        new Case(
            new VaultPayload.Status(id, 17).encode(), b -> VaultPayload.Status.parse(b).encode()));
    cases.put("StatusDone", new Case(status(2, 1).encode(), b -> StatusDone.parse(b).encode()));
  }

  private static StatusDone status(int series, int receipts) {
    return new StatusDone(
        new byte[16],
        new StatusDone.RecordView(RecordState.ACTIVE, Hash256.ZERO, new byte[16], true),
        new StatusDone.Attempts(8, 3600, 41, 150),
        new StatusDone.Announced(StatusDone.Announcement.REPLACE, 1_800_000_000L),
        Hash256.sha256(new byte[8]),
        Collections.nCopies(series, SERIES),
        Collections.nCopies(receipts, RECEIPT),
        new byte[64]);
  }

  @Test
  void every_message_reads_back_as_it_was_written() throws Exception {
    for (Map.Entry<String, Case> entry : cases().entrySet()) {
      byte[] bytes = entry.getValue().bytes();
      assertThat(entry.getValue().round().trip(bytes)).as(entry.getKey()).isEqualTo(bytes);
    }
  }

  @Test
  void no_cut_or_lengthened_message_is_read() {
    for (Map.Entry<String, Case> entry : cases().entrySet()) {
      byte[] bytes = entry.getValue().bytes();
      for (int length = 0; length <= bytes.length + 5; length++) {
        if (length != bytes.length) {
          byte[] other = Arrays.copyOf(bytes, length);
          assertThatThrownBy(() -> entry.getValue().round().trip(other))
              .as("%s with %d bytes", entry.getKey(), length)
              .isInstanceOf(MalformedException.class);
        }
      }
    }
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
            new OwnerOrder(order, new byte[length], Hash256.ZERO, new byte[64]).encode();
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
    byte[] otherSuite = CARD.signedBytes();
    otherSuite[4 + "HK1 vault card".length() + 4 + 1] ^= 1;
    assertThatThrownBy(() -> VaultCard.parse(otherSuite)).hasMessageContaining("Suite");
  }

  @Test
  void the_longest_status_fits_into_a_message_and_a_longer_one_is_refused() throws Exception {
    byte[] longest = status(SeriesHead.MAX_SERIES, StatusDone.MAX_RECEIPTS).encode();
    assertThat(longest.length).isLessThan(Hk1Constants.MAX_VAULT_MESSAGE_BYTES);
    assertThat(StatusDone.parse(longest).receipts()).hasSize(StatusDone.MAX_RECEIPTS);

    byte[] series = status(SeriesHead.MAX_SERIES + 1, 0).encode();
    byte[] receipts = status(0, StatusDone.MAX_RECEIPTS + 1).encode();
    assertThatThrownBy(() -> StatusDone.parse(series)).hasMessageContaining("series");
    assertThatThrownBy(() -> StatusDone.parse(receipts)).hasMessageContaining("receipts");
  }

  @Test
  void an_employee_is_named_by_tenant_issuer_and_subject_without_mixing_them() {
    assertThat(
            List.of(
                LedgerEntry.employeeOf("ab", "c", "d"),
                LedgerEntry.employeeOf("a", "bc", "d"),
                LedgerEntry.employeeOf("a", "b", "cd")))
        .doesNotHaveDuplicates();
  }

  @Test
  void details_of_different_events_are_never_the_same() {
    byte[] id = new byte[16];
    assertThat(
            List.of(
                LedgerEntry.Detail.registration(Hash256.ZERO, Hash256.ZERO, new byte[91]),
                LedgerEntry.Detail.witness(id, 1, Hash256.ZERO),
                LedgerEntry.Detail.witness(id, 2, Hash256.ZERO),
                LedgerEntry.Detail.login(id),
                LedgerEntry.Detail.owner(new byte[91])))
        .doesNotContain(Hash256.ZERO)
        .doesNotHaveDuplicates();
  }

  @Test
  void what_is_signed_differs_by_tenant_and_purpose() {
    assertThat(RECEIPT.signedBytes())
        .isEqualTo(Receipt.transcript("acme", ENTRY, RECEIPT.mac()).toBytes())
        .isNotEqualTo(Receipt.transcript("other", ENTRY, RECEIPT.mac()).toBytes());
    assertThat(LedgerHead.transcript("acme", 1, Hash256.ZERO).toBytes())
        .isNotEqualTo(LedgerHead.transcript("acme", 2, Hash256.ZERO).toBytes());
    Hash256 employee = ENTRY.subject().employee();
    byte[] set = ENTRY.subject().setId();
    assertThat(
            List.of(
                Witness.transcript("acme", employee, set, set, 1, Hash256.ZERO).toBytes(),
                Witness.transcript("acme", employee, set, set, 2, Hash256.ZERO).toBytes(),
                OwnerOrder.transcript(
                        OwnerOrder.Order.FREEZE, "acme", employee, set, new byte[0], Hash256.ZERO)
                    .toBytes(),
                OwnerOrder.transcript(
                        OwnerOrder.Order.VETO, "acme", employee, set, new byte[0], Hash256.ZERO)
                    .toBytes(),
                VaultPayload.Expose.transcript(new byte[32], RECEIPT).toBytes()))
        .doesNotHaveDuplicates();
    assertThat(
            List.of(
                VaultPayload.LoginFinish.macBytes(
                    set, VaultPayload.Operation.REPLACE, new byte[32]),
                VaultPayload.LoginFinish.macBytes(set, VaultPayload.Operation.REPLACE, new byte[0]),
                VaultPayload.LoginFinish.macBytes(set, VaultPayload.Operation.FETCH, new byte[0])))
        .doesNotHaveDuplicates();
  }

  @Test
  void a_request_is_bound_to_its_type_card_time_token_set_head_and_payload() {
    byte[] set = new byte[16];
    byte[] head = HEAD.encode();
    byte[] one = new byte[1];
    byte[] base = signed(VaultMessageType.STATUS, SIGNED, 1, "t", set, head, one);
    SignedCard otherCard = new SignedCard(new byte[] {1}, new byte[91], new byte[64]);
    byte[] otherSet = new byte[16];
    otherSet[0] = 1;

    assertThat(
            List.of(
                signed(VaultMessageType.EXPOSE, SIGNED, 1, "t", set, head, one),
                signed(VaultMessageType.STATUS, otherCard, 1, "t", set, head, one),
                signed(VaultMessageType.STATUS, SIGNED, 2, "t", set, head, one),
                signed(VaultMessageType.STATUS, SIGNED, 1, "u", set, head, one),
                signed(VaultMessageType.STATUS, SIGNED, 1, "t", otherSet, head, one),
                signed(VaultMessageType.STATUS, SIGNED, 1, "t", set, new byte[0], one),
                signed(VaultMessageType.STATUS, SIGNED, 1, "t", set, head, new byte[2])))
        .doesNotContain(base)
        .doesNotHaveDuplicates();
  }

  private static byte[] signed(
      VaultMessageType type,
      SignedCard card,
      long at,
      String token,
      byte[] set,
      byte[] head,
      byte[] payload) {
    return VaultRequest.signedBytes(type, card, at, token, set, head, payload);
  }

  @Test
  void a_request_never_prints_its_token() {
    assertThat(
            new VaultRequest(
                    9, "s3cret", set(), new byte[91], new byte[0], new byte[5], new byte[64])
                .toString())
        .doesNotContain("s3cret");
  }

  private static byte[] set() {
    return new byte[16];
  }
}
