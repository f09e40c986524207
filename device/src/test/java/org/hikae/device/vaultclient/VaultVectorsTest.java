package org.hikae.device.vaultclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.channel.ClientChannel;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.device.AgentException;
import org.hikae.device.vectors.SpecVectors;
import org.hikae.enrollment.wire.EnrolDevice;
import org.hikae.enrollment.wire.OpenSession;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.Transcript;
import org.hikae.testing.ScriptedRandom;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.OwnerOrder;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.SeriesHead;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.VaultAnswer;
import org.hikae.vault.wire.VaultEnvelope;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultRequest;
import org.hikae.vault.wire.Witness;
import org.junit.jupiter.api.Test;

/**
 * The vectors in docs/spec/vectors/vault.json, made by vault.py beside it from the specification
 * alone (HK1-E-03, HK1-E-04, HK1-V-01 to HK1-V-04, HK1-V-10, HK1-V-12, HK1-V-15, HK1-V-18 to
 * HK1-V-20, HK1-V-26 to HK1-V-31).
 */
class VaultVectorsTest {

  private static final SpecVectors ALL = SpecVectors.of("vault.json");
  private static final String TENANT = "acme";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final TrustedCard card = card();

  private static TrustedCard card() {
    SpecVectors of = ALL.at("card");
    try {
      return TrustedCard.verify(of.bytes("signedCard"), of.hash("rootFingerprint"), 7);
    } catch (AgentException e) {
      throw new AssertionError(e);
    }
  }

  private static SigningKey key(SpecVectors of, String name) throws CryptoException {
    SigningKey key = SigningKey.decode(of.secret(name, "private"), RANDOM);
    assertThat(key.publicKey().encode()).isEqualTo(of.bytes(name, "public"));
    return key;
  }

  @Test
  void an_enrolment_is_signed() throws Exception {
    SpecVectors of = ALL.at("enrolment");
    SigningKey key = key(of, "key");
    byte[] spki = key.publicKey().encode();
    assertThat(TextCodec.deviceId(spki)).isEqualTo(of.bytes("deviceId"));
    Transcript signed =
        EnrolDevice.transcript(of.text("issuer"), of.text("subject"), spki, of.text("name"));
    assertThat(signed.toBytes()).isEqualTo(of.bytes("signed"));
    key.publicKey().verify(signed, of.bytes("signature"));
    of.eachIsRefused("bad", wrong -> key.publicKey().verify(signed, wrong), CryptoException.class);
  }

  @Test
  void an_enrolment_is_signed_with_all_that_it_says() throws Exception {
    SpecVectors of = ALL.at("enrolment");
    SpecVectors second = of.at("second");
    VerifyingKey key = key(of, "key").publicKey();
    Transcript signed =
        EnrolDevice.described(
            of.text("issuer"),
            of.text("subject"),
            key.encode(),
            of.text("name"),
            second.text("platform"),
            second.text("agentVersion"));
    assertThat(signed.toBytes()).isEqualTo(second.bytes("signed"));
    key.verify(signed, second.bytes("signature"));
    second.eachIsRefused("bad", wrong -> key.verify(signed, wrong), CryptoException.class);
  }

  @Test
  void a_session_is_signed() throws Exception {
    SpecVectors of = ALL.at("session");
    VerifyingKey key = key(ALL.at("enrolment"), "key").publicKey();
    byte[] nonce = TextCodec.parseBase64("nonce", of.text("nonceText"), 32);
    assertThat(nonce).isEqualTo(of.bytes("nonce"));
    Transcript signed =
        OpenSession.transcript(
            ALL.text("enrolment", "issuer"), TextCodec.deviceId(key.encode()), nonce);
    assertThat(signed.toBytes()).isEqualTo(of.bytes("signed"));
    key.verify(signed, of.bytes("signature"));
    of.eachIsRefused("bad", wrong -> key.verify(signed, wrong), CryptoException.class);
  }

  @Test
  void a_card_is_trusted_by_its_root() throws Exception {
    SpecVectors of = ALL.at("card");
    Hash256 root = of.hash("rootFingerprint");
    assertThat(card.signed().card()).isEqualTo(of.bytes("card"));
    assertThat(card.signed().cardHash()).isEqualTo(of.hash("cardHash"));
    assertThat(card.tenant()).isEqualTo(of.text("tenant"));
    assertThat(card.rootName()).isEqualTo(of.text("rootName"));
    assertThat(card.identityKey()).isEqualTo(key(of, "identityKey").publicKey());
    assertThat(card.channelKey().encodeUncompressed()).isEqualTo(of.bytes("channelKey", "public"));
    assertThat(card.akeKey().encode()).isEqualTo(of.bytes("akeKey", "public"));
    assertThatThrownBy(() -> TrustedCard.verify(of.bytes("signedCard"), root, 8))
        .hasMessage("vault.older-card");
    of.eachIsRefused("bad", wrong -> TrustedCard.verify(wrong, root, 7), AgentException.class);
  }

  private LedgerHead head(byte[] bytes) throws MalformedException, CryptoException {
    LedgerHead head = LedgerHead.parse(bytes);
    card.identityKey()
        .verify(LedgerHead.transcript(TENANT, head.seq(), head.mac()), head.signature());
    return head;
  }

  @Test
  void a_head_is_signed() throws Exception {
    SpecVectors of = ALL.at("head");
    LedgerHead head = head(of.bytes("head"));
    assertThat(head.seq()).isEqualTo(of.number("seq"));
    assertThat(head.mac()).isEqualTo(of.hash("mac"));
    assertThat(LedgerHead.transcript(TENANT, head.seq(), head.mac()).toBytes())
        .isEqualTo(of.bytes("signed"));
    assertThat(head.encode()).isEqualTo(of.bytes("head"));
    LedgerHead former = LedgerHead.parse(of.bytes("byFormerKey"));
    card.requireKept(LedgerHead.transcript(TENANT, former.seq(), former.mac()), former.signature());
    of.eachIsRefused("bad", this::head, MalformedException.class, CryptoException.class);
  }

  /** Seals the request of the vectors again. */
  private ClientChannel.SealedRequest sent(SpecVectors of) {
    return new ClientChannel(
            new P256Group(RANDOM), card.channelKey(), new ScriptedRandom(of.bytes("ephemeral")))
        .seal(of.bytes("info"), new byte[0], of.bytes("plain"));
  }

  @Test
  void a_request_is_sealed() throws Exception {
    SpecVectors of = ALL.at("channel");
    VaultRequest request = VaultRequest.parse(of.bytes("plain"));
    assertThat(request.token()).isEqualTo(of.text("token"));
    assertThat(request.issuedAtSeconds()).isEqualTo(of.number("issuedAt"));
    assertThat(request.lastHead()).isEqualTo(of.bytes("lastHead"));
    assertThat(request.payload()).isEqualTo(of.bytes("payload"));
    assertThat(request.encode()).isEqualTo(of.bytes("plain"));
    VaultMessageType type = VaultMessageType.of((int) of.number("type"));
    Transcript signed =
        VaultRequest.transcript(
            type,
            card.signed(),
            request.issuedAtSeconds(),
            request.token(),
            request.setId(),
            request.lastHead(),
            request.payload());
    assertThat(signed.toBytes()).isEqualTo(of.bytes("signed"));
    VerifyingKey.decode(request.deviceKey()).verify(signed, request.signature());
    assertThat(VaultEnvelope.channelInfo(type, TENANT, card.signed())).isEqualTo(of.bytes("info"));
    ClientChannel.SealedRequest sealedRequest = sent(of);
    assertThat(sealedRequest.sealed()).isEqualTo(of.bytes("sealed"));
    assertThat(new VaultEnvelope(type, card.sequence(), sealedRequest.sealed()).encode())
        .isEqualTo(of.bytes("outer"));
  }

  @Test
  void a_reply_is_opened() throws Exception {
    SpecVectors of = ALL.at("channel");
    ClientChannel.SealedRequest sealedRequest = sent(of);
    VaultAnswer answer = VaultChannel.answer(sealedRequest, of.bytes("reply"));
    assertThat(answer.encode()).isEqualTo(of.bytes("answer"));
    SpecVectors refusal = of.at("refusal");
    assertThat(VaultChannel.answer(sealedRequest, refusal.bytes("reply")).reply())
        .isEqualTo(
            new VaultReply.Refused(
                VaultRefusal.of((int) refusal.number("refusal")),
                (int) refusal.number("attemptsLeft"),
                refusal.number("retryAfterSeconds")));
    assertThat(VaultChannel.answer(sealedRequest, of.bytes("inClear", "reply")).reply())
        .isEqualTo(VaultReply.Refused.of(VaultRefusal.UNKNOWN_CARD));
    of.eachIsRefused(
        "bad", wrong -> VaultChannel.answer(sealedRequest, wrong), AgentException.class);
  }

  /** As {@link VaultStatusQuery} reads it. */
  private StatusDone status(byte[] bytes) throws MalformedException, CryptoException {
    StatusDone status = StatusDone.parse(bytes);
    card.identityKey().verify(status.transcript(), status.signature());
    if (!Arrays.equals(status.nonce(), ALL.bytes("status", "nonce"))) {
      throw new CryptoException("It answers another question.");
    }
    return status;
  }

  @Test
  void a_status_is_read() throws Exception {
    SpecVectors of = ALL.at("status");
    assertThat(new VaultPayload.Status(of.bytes("nonce"), of.number("after")).encode())
        .isEqualTo(of.bytes("payload"));
    StatusDone status = status(of.bytes("done"));
    assertThat(status.transcript().toBytes()).isEqualTo(of.bytes("signed"));
    assertThat(status.encode()).isEqualTo(of.bytes("done"));
    assertThat(status.record().state()).isEqualTo(RecordState.of((int) of.number("state")));
    assertThat(status.record().credId()).isEqualTo(of.hash("credId"));
    assertThat(status.record().setId()).isEqualTo(of.bytes("setId"));
    assertThat(status.record().frozen()).isFalse();
    assertThat(status.attempts())
        .isEqualTo(
            new StatusDone.Attempts(
                (int) of.number("attemptsLeft"),
                of.number("waitSeconds"),
                (int) of.number("lifetimeLeft"),
                (int) of.number("evaluationsLeft")));
    assertThat(status.announced()).isEqualTo(StatusDone.Announced.NOTHING);
    assertThat(status.orderNonce()).isEqualTo(of.hash("orderNonce"));
    SeriesHead series = status.series().getFirst();
    assertThat(series.seq()).isEqualTo(5);
    assertThat(series.snapshotHash()).isEqualTo(ALL.hash("receipts", "snapshotHash"));
    ReceiptChainCheck.requireGenuine(status.receipts().getFirst(), card, employee());
    of.eachIsRefused("bad", this::status, MalformedException.class, CryptoException.class);
  }

  private static Hash256 employee() {
    SpecVectors who = ALL.at("enrolment");
    return LedgerEntry.employeeOf(TENANT, who.text("issuer"), who.text("subject"));
  }

  private Receipt receipt(byte[] bytes) throws MalformedException, CryptoException {
    Receipt receipt = Receipt.parse(bytes);
    ReceiptChainCheck.requireGenuine(receipt, card, employee());
    return receipt;
  }

  @Test
  void a_receipt_is_the_vaults_word() throws Exception {
    SpecVectors of = ALL.at("receipts");
    assertThat(employee()).isEqualTo(of.hash("employee"));
    Receipt receipt = receipt(of.bytes("receipt"));
    LedgerEntry row = receipt.entry();
    assertThat(row.event()).isEqualTo(VaultEvent.WITNESSED);
    assertThat(row.detail())
        .isEqualTo(of.hash("details", "witness"))
        .isEqualTo(LedgerEntry.Detail.witness(of.bytes("deviceId"), 5, of.hash("snapshotHash")));
    assertThat(row.encode()).isEqualTo(of.bytes("row"));
    assertThat(receipt.mac()).isEqualTo(of.hash("mac"));
    assertThat(receipt.signedBytes()).isEqualTo(of.bytes("signed"));
    assertThat(receipt.encode()).isEqualTo(of.bytes("receipt"));
    assertThat(receipt(of.bytes("locked", "receipt")).entry().dueSeconds())
        .isEqualTo(of.number("locked", "due"));
    Receipt former = Receipt.parse(of.bytes("byFormerKey"));
    card.requireKept(former.transcript(), former.signature());
    // HK1-V-49: what comes in an answer is by the key of now.
    assertThatThrownBy(() -> ReceiptChainCheck.requireGenuine(former, card, employee()))
        .isInstanceOf(CryptoException.class);
    assertThat(LedgerEntry.Detail.owner(of.bytes("handOver", "heir")))
        .isEqualTo(of.hash("details", "owner"));
    of.eachIsRefused("bad", this::receipt, MalformedException.class, CryptoException.class);
  }

  @Test
  void the_owner_key_signs_witness_and_orders() throws Exception {
    SpecVectors of = ALL.at("receipts");
    byte[] set = of.bytes("setId");
    SigningKey owner = key(ALL.at("registration"), "owner");

    Witness witness = Witness.parse(of.bytes("witness", "payload"));
    Transcript witnessed =
        Witness.transcript(
            TENANT, employee(), set, of.bytes("deviceId"), witness.seq(), witness.snapshotHash());
    assertThat(witness.ownerKey()).isEqualTo(owner.publicKey().encode());
    assertThat(witness.encode()).isEqualTo(of.bytes("witness", "payload"));
    assertThat(witnessed.toBytes()).isEqualTo(of.bytes("witness", "signed"));
    owner.publicKey().verify(witnessed, witness.ownerSignature());

    for (String name : List.of("freeze", "handOver")) {
      OwnerOrder order = OwnerOrder.parse(of.bytes(name, "payload"));
      Transcript ordered =
          OwnerOrder.transcript(
              order.order(), TENANT, employee(), set, order.argument(), order.nonce());
      assertThat(order.encode()).isEqualTo(of.bytes(name, "payload"));
      assertThat(order.nonce()).isEqualTo(of.hash("freeze", "nonce"));
      assertThat(ordered.toBytes()).isEqualTo(of.bytes(name, "signed"));
      owner.publicKey().verify(ordered, order.ownerSignature());
    }
    of.eachIsRefused("badOrder", OwnerOrder::parse, MalformedException.class);
  }
}
