package org.hikae.device.vaultclient;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.channel.ServerChannel;
import org.hikae.crypto.group.DhKeyPair;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.opaque.Ke1;
import org.hikae.crypto.opaque.Ke3;
import org.hikae.crypto.opaque.OpaqueContext;
import org.hikae.crypto.opaque.RegistrationRecord;
import org.hikae.crypto.opaque.RegistrationRequest;
import org.hikae.crypto.opaque.server.OpaqueServer;
import org.hikae.crypto.opaque.server.PendingLogin;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.Ids;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.wire.VaultEnvelope;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultRequest;

/**
 * A vault for one employee by the specification, in memory, without limits but the ten attempts; it
 * can lie.
 */
public final class FakeVault {

  private static final String TENANT = "demo";

  private final SecureRandom random = new SecureRandom();
  private final P256Group group = new P256Group(random);
  private final SigningKey root = SigningKey.generate(random);
  private final SigningKey identity = SigningKey.generate(random);
  private final DhKeyPair channelKey = DhKeyPair.generate(group, random);
  private final DhKeyPair akeKey = DhKeyPair.generate(group, random);
  private final OpaqueServer opaque = new OpaqueServer(group, akeKey, random);
  private final Map<String, PendingLogin> logins = new HashMap<>();
  private final String subject;

  private UnaryOperator<Receipt> receipts = receipt -> receipt;
  private UnaryOperator<byte[]> outer = reply -> reply;
  private long sequence = 1;
  private RecordState state = RecordState.NONE;
  private byte[] setId = new byte[0];
  private byte[] credId = new byte[0];
  private byte[] ownerKey = new byte[0];
  private byte[] upload = new byte[0];
  private byte[] wrap = new byte[0];
  private Scalar oprfKey = Scalar.random(random);
  private int attemptsLeft = 10;
  private int guesses;

  /** The vault of the employee {@code subject}. */
  public FakeVault(String subject) {
    this.subject = subject;
  }

  /** What devices pin. */
  public String rootFingerprint() {
    return root.publicKey().fingerprint().hex();
  }

  /** From now on receipts are changed before they are signed. */
  public void changeReceipts(UnaryOperator<Receipt> change) {
    receipts = change;
  }

  /** From now on replies are changed on their way. */
  public void changeReplies(UnaryOperator<byte[]> change) {
    outer = change;
  }

  /** Shows a card with another sequence. */
  public void setSequence(long other) {
    sequence = other;
  }

  /** How many guesses were answered. */
  public int guesses() {
    return guesses;
  }

  /** State of the record. */
  public RecordState state() {
    return state;
  }

  /** The signed card. */
  public byte[] card() {
    return signedCard().encode();
  }

  private SignedCard signedCard() {
    VaultCard card =
        new VaultCard(
            sequence,
            TENANT,
            identity.publicKey().encode(),
            channelKey.publicKey().encodeUncompressed(),
            akeKey.publicKey().encode(),
            "software");
    return new SignedCard(
        card.signedBytes(), root.publicKey().encode(), root.sign(card.transcript()));
  }

  /** Answers one envelope. */
  public synchronized byte[] answer(byte[] envelopeBytes) {
    try {
      VaultEnvelope envelope = VaultEnvelope.parse(envelopeBytes);
      byte[] info = VaultEnvelope.channelInfo(envelope.type(), TENANT, signedCard());
      ServerChannel.Received received =
          new ServerChannel(channelKey, random).open(info, new byte[0], envelope.sealed());
      VaultRequest request = VaultRequest.parse(received.request());
      VerifyingKey.decode(request.deviceKey())
          .verify(
              VaultRequest.transcript(
                  envelope.type(),
                  signedCard(),
                  request.issuedAtSeconds(),
                  request.token(),
                  request.setId(),
                  request.payload()),
              request.signature());
      VaultReply reply = reply(envelope, request);
      return outer.apply(new VaultReply.Outer(true, received.sealReply(reply.encode())).encode());
    } catch (MalformedException | CryptoException e) {
      return new VaultReply.Outer(false, VaultReply.Refused.of(VaultRefusal.MALFORMED).encode())
          .encode();
    }
  }

  private VaultReply reply(VaultEnvelope envelope, VaultRequest request)
      throws MalformedException, CryptoException {
    byte[] payload = request.payload();
    return switch (envelope.type()) {
      case REG_INIT -> regInit(request, VaultPayload.RegInit.parse(payload));
      case REG_FINISH -> {
        VaultPayload.RegFinish finish = VaultPayload.RegFinish.parse(payload);
        upload = finish.registrationUpload();
        wrap = finish.passwordWrap();
        state = RecordState.PENDING;
        yield new VaultReply.Done(receipt(VaultEvent.PENDING).encode());
      }
      case EXPOSE -> {
        VaultPayload.Expose expose = VaultPayload.Expose.parse(payload);
        VerifyingKey.decode(ownerKey)
            .verify(
                VaultPayload.Expose.transcript(expose.credId(), lastPending),
                expose.ownerSignature());
        state = RecordState.ACTIVE;
        attemptsLeft = 10;
        yield new VaultReply.Done(receipt(VaultEvent.ACTIVE).encode());
      }
      case LOGIN_START -> loginStart(VaultPayload.LoginStart.parse(payload));
      case LOGIN_FINISH -> loginFinish(VaultPayload.LoginFinish.parse(payload));
      case STATUS -> status(VaultPayload.Status.parse(payload));
    };
  }

  private Receipt lastPending;

  private VaultReply regInit(VaultRequest request, VaultPayload.RegInit init)
      throws CryptoException {
    setId = request.setId();
    credId = new byte[Hk1.HASH_BYTES];
    random.nextBytes(credId);
    oprfKey = Scalar.random(random);
    ownerKey = init.ownerKey();
    byte[] response =
        opaque
            .register(
                RegistrationRequest.decode(init.registrationRequest()),
                element -> group.multiply(element, oprfKey))
            .encode();
    return new VaultReply.Done(new VaultPayload.RegInitDone(credId, response).encode());
  }

  private Receipt receipt(VaultEvent event) {
    Receipt unsigned =
        receipts.apply(
            new Receipt(
                event,
                1_700_000_000,
                TENANT,
                subject,
                setId,
                credId,
                Hash256.sha256(upload),
                Hash256.sha256(wrap),
                ownerKey,
                new byte[64]));
    Receipt signed =
        new Receipt(
            unsigned.event(),
            unsigned.atSeconds(),
            unsigned.tenant(),
            unsigned.subject(),
            unsigned.setId(),
            unsigned.credId(),
            unsigned.uploadHash(),
            unsigned.wrapHash(),
            unsigned.ownerKey(),
            identity.sign(unsigned.transcript()));
    if (event == VaultEvent.PENDING) {
      lastPending = signed;
    }
    return signed;
  }

  private VaultReply loginStart(VaultPayload.LoginStart start) throws CryptoException {
    if (attemptsLeft == 0) {
      state = RecordState.LOCKED;
      return VaultReply.Refused.of(VaultRefusal.LOCKED);
    }
    guesses++;
    attemptsLeft--;
    OpaqueServer.Answer answer =
        opaque.answer(
            Ke1.decode(start.ke1()),
            RegistrationRecord.decode(upload),
            element -> group.multiply(element, oprfKey),
            context());
    logins.put(Ids.hex(start.loginId()), answer.pending());
    return new VaultReply.Done(
        new VaultPayload.LoginStartDone(answer.ke2().encode(), attemptsLeft).encode());
  }

  private VaultReply loginFinish(VaultPayload.LoginFinish finish) throws CryptoException {
    PendingLogin pending = logins.remove(Ids.hex(finish.loginId()));
    if (pending == null) {
      return VaultReply.Refused.of(VaultRefusal.WRONG_STATE);
    }
    byte[] key = pending.finish(Ke3.decode(finish.ke3())).expose();
    byte[] expected = VaultPayload.LoginFinish.macBytes(finish.loginId(), finish.operation());
    if (!HmacSha256.verify(key, expected, finish.mac())) {
      return VaultReply.Refused.of(VaultRefusal.LOGIN_FAILED);
    }
    attemptsLeft = 10;
    return new VaultReply.Done(new VaultPayload.LoginFinishDone(wrap).encode());
  }

  private VaultReply status(VaultPayload.Status status) {
    boolean none = state == RecordState.NONE;
    byte[] record = none ? new byte[0] : credId;
    byte[] set = none ? new byte[0] : setId;
    VaultPayload.StatusDone unsigned =
        new VaultPayload.StatusDone(
            status.nonce(), state, record, set, attemptsLeft, List.of(), new byte[64]);
    VaultPayload.StatusDone signed =
        new VaultPayload.StatusDone(
            status.nonce(),
            state,
            record,
            set,
            attemptsLeft,
            List.of(),
            identity.sign(unsigned.transcript()));
    return new VaultReply.Done(signed.encode());
  }

  private OpaqueContext context() {
    byte[] server = ("HK1|1|" + TENANT + "|vault").getBytes(StandardCharsets.US_ASCII);
    return new OpaqueContext(new byte[0], server, setId);
  }

  /** A reply with one bit flipped in its sealed part. */
  public static byte[] flipped(byte[] reply) {
    byte[] copy = Arrays.copyOf(reply, reply.length);
    copy[copy.length - 1] ^= 1;
    return copy;
  }
}
