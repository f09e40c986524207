package org.hikae.vault.wire;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;

/** One of every message of the vault, no two of whose parts are the same. */
final class WireMessages {

  static final VaultCard CARD =
      new VaultCard(3, "acme", bytes(91), bytes(65), bytes(33), "software");
  static final SignedCard SIGNED = new SignedCard(CARD.signedBytes(), bytes(91), signature());
  static final LedgerEntry ENTRY =
      new LedgerEntry(
          5,
          Hash256.sha256(new byte[1]),
          1_800_000_000_123L,
          VaultEvent.ACTIVE,
          new LedgerEntry.Subject(
              LedgerEntry.employeeOf("acme", "https://sso.example/realms/acme", "sub"),
              bytes(16),
              Hash256.sha256(new byte[2]),
              bytes(16)),
          4,
          9,
          1_800_000_100L,
          Hash256.sha256(new byte[3]),
          Hash256.sha256(new byte[4]));
  static final Receipt RECEIPT =
      new Receipt("acme", ENTRY, Hash256.sha256(new byte[5]), signature());
  static final LedgerHead HEAD = new LedgerHead(7, Hash256.sha256(new byte[6]), signature());
  static final SeriesHead SERIES =
      new SeriesHead(bytes(16), 3, Hash256.sha256(new byte[7]), 1_800_000_000L);

  private static byte last;

  private final Map<String, Message<?>> all = new TreeMap<>();

  private WireMessages() {}

  /** Reads a message. */
  interface Parser<T> {
    T parse(byte[] bytes) throws MalformedException;
  }

  /** A message, and how it is written and read. */
  record Message<T>(T value, Function<T, byte[]> writer, Parser<T> parser) {

    byte[] bytes() {
      return writer.apply(value);
    }

    T read(byte[] bytes) throws MalformedException {
      return parser.parse(bytes);
    }

    /** Reads it and writes it again. */
    byte[] again(byte[] bytes) throws MalformedException {
      return writer.apply(parser.parse(bytes));
    }
  }

  /** Every message by a name. */
  static Map<String, Message<?>> all() {
    WireMessages messages = new WireMessages();
    messages.cards();
    messages.ledger();
    messages.frames();
    messages.registrations();
    messages.logins();
    messages.orders();
    return messages.all;
  }

  private static byte[] signature() {
    return bytes(Hk1Constants.SIGNATURE_BYTES);
  }

  /** So many bytes as no other call gives. */
  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, ++last);
    return bytes;
  }

  private <T> void add(String name, T value, Function<T, byte[]> writer, Parser<T> parser) {
    all.put(name, new Message<>(value, writer, parser));
  }

  private void cards() {
    add("card", CARD, VaultCard::signedBytes, VaultCard::parse);
    VaultCard renewed =
        new VaultCard(
            4,
            "acme",
            bytes(91),
            bytes(65),
            bytes(33),
            "pkcs11",
            new VaultCard.History(3, 2, List.of(bytes(91), bytes(90))));
    add("renewed card", renewed, VaultCard::signedBytes, VaultCard::parse);
    add("signed card", SIGNED, SignedCard::encode, SignedCard::parse);
  }

  private void ledger() {
    add("receipt", RECEIPT, Receipt::encode, Receipt::parse);
    add("ledger row", ENTRY, LedgerEntry::encode, LedgerEntry::parse);
    add("head", HEAD, LedgerHead::encode, LedgerHead::parse);
    VaultEventPage events = new VaultEventPage(5, 9, List.of(RECEIPT, RECEIPT));
    add("events", events, VaultEventPage::encode, VaultEventPage::parse);
    add("events request", 7L, VaultEventPage::request, VaultEventPage::after);
    AuditHead head = new AuditHead(8, Hash256.sha256(new byte[8]), Hash256.sha256(new byte[9]));
    add("audit head", head, AuditHead::encode, AuditHead::parse);
    for (AuditHeadAnswer.HeadOutcome outcome : AuditHeadAnswer.HeadOutcome.values()) {
      AuditHeadAnswer kept = new AuditHeadAnswer(outcome, 8, head.hash(), RECEIPT);
      add("audit answer " + outcome, kept, AuditHeadAnswer::encode, AuditHeadAnswer::parse);
      AuditHeadAnswer bare = AuditHeadAnswer.without(outcome);
      add("audit answer only " + outcome, bare, AuditHeadAnswer::encode, AuditHeadAnswer::parse);
    }
  }

  private void frames() {
    for (VaultMessageType type : VaultMessageType.values()) {
      VaultEnvelope envelope = new VaultEnvelope(type, 3, bytes(99));
      add("envelope " + type, envelope, VaultEnvelope::encode, VaultEnvelope::parse);
    }
    VaultRequest request =
        new VaultRequest(9, "token", bytes(16), bytes(91), HEAD.encode(), bytes(5), signature());
    add("request", request, VaultRequest::encode, VaultRequest::parse);
    VaultReply done = new VaultReply.Done(bytes(7));
    add("done", done, VaultReply::encode, VaultReply::parse);
    for (VaultRefusal refusal : VaultRefusal.values()) {
      VaultReply refused = new VaultReply.Refused(refusal, 3, 60);
      add("refused " + refusal, refused, VaultReply::encode, VaultReply::parse);
    }
    for (boolean sealed : new boolean[] {true, false}) {
      VaultReply.Outer outer = new VaultReply.Outer(sealed, bytes(7));
      add("outer " + sealed, outer, VaultReply.Outer::encode, VaultReply.Outer::parse);
    }
    VaultReply refused = VaultReply.Refused.of(VaultRefusal.SEALED);
    add("answer", new VaultAnswer(done, HEAD), VaultAnswer::encode, VaultAnswer::parse);
    add(
        "answer without head",
        new VaultAnswer(refused, null),
        VaultAnswer::encode,
        VaultAnswer::parse);
  }

  private void registrations() {
    byte[] credId = bytes(32);
    add(
        "RegInit",
        new VaultPayload.RegInit(bytes(16), bytes(33), bytes(91)),
        VaultPayload.RegInit::encode,
        VaultPayload.RegInit::parse);
    add(
        "RegInitDone",
        new VaultPayload.RegInitDone(credId, bytes(66)),
        VaultPayload.RegInitDone::encode,
        VaultPayload.RegInitDone::parse);
    add(
        "RegFinish",
        new VaultPayload.RegFinish(credId, bytes(129), bytes(VaultPayload.PASSWORD_WRAP_BYTES)),
        VaultPayload.RegFinish::encode,
        VaultPayload.RegFinish::parse);
    add(
        "Expose",
        new VaultPayload.Expose(credId, bytes(64)),
        VaultPayload.Expose::encode,
        VaultPayload.Expose::parse);
  }

  private void logins() {
    add(
        "LoginStart",
        new VaultPayload.LoginStart(bytes(16), bytes(32), bytes(98)),
        VaultPayload.LoginStart::encode,
        VaultPayload.LoginStart::parse);
    add(
        "LoginStartDone",
        new VaultPayload.LoginStartDone(bytes(259), 9),
        VaultPayload.LoginStartDone::encode,
        VaultPayload.LoginStartDone::parse);
    for (VaultPayload.Operation operation : VaultPayload.Operation.values()) {
      byte[] argument = operation == VaultPayload.Operation.REPLACE ? bytes(32) : new byte[0];
      add(
          "LoginFinish " + operation,
          new VaultPayload.LoginFinish(bytes(16), bytes(32), operation, argument, bytes(32)),
          VaultPayload.LoginFinish::encode,
          VaultPayload.LoginFinish::parse);
    }
    add(
        "LoginFinishDone",
        new VaultPayload.LoginFinishDone(
            bytes(VaultPayload.PASSWORD_WRAP_BYTES), RECEIPT, List.of(SERIES, SERIES)),
        VaultPayload.LoginFinishDone::encode,
        VaultPayload.LoginFinishDone::parse);
    add(
        "Status",
        new VaultPayload.Status(bytes(16), 17),
        VaultPayload.Status::encode,
        VaultPayload.Status::parse);
    for (RecordState state : RecordState.values()) {
      add("StatusDone " + state, status(state, 2, 1), StatusDone::encode, StatusDone::parse);
    }
  }

  static StatusDone status(RecordState state, int series, int receipts) {
    return new StatusDone(
        bytes(16),
        new StatusDone.RecordView(
            state, Hash256.sha256(new byte[10]), bytes(16), state == RecordState.ACTIVE),
        new StatusDone.Attempts(8, 3600, 41, 150),
        new StatusDone.Announced(StatusDone.Announcement.REPLACE, 1_800_000_000L),
        Hash256.sha256(new byte[8]),
        Collections.nCopies(series, SERIES),
        Collections.nCopies(receipts, RECEIPT),
        signature());
  }

  private void orders() {
    Hash256 nonce = Hash256.sha256(new byte[11]);
    add("Witness", new Witness(bytes(91), 8, nonce, signature()), Witness::encode, Witness::parse);
    for (OwnerOrder.Order order : OwnerOrder.Order.values()) {
      byte[] argument = order == OwnerOrder.Order.HAND_OVER ? bytes(91) : new byte[0];
      add(
          "order " + order,
          new OwnerOrder(order, argument, nonce, signature()),
          OwnerOrder::encode,
          OwnerOrder::parse);
    }
  }
}
