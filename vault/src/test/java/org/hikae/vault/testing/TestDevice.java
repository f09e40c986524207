package org.hikae.vault.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.channel.ClientChannel;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.kdf.HmacSha256;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.Ke2;
import org.hikae.crypto.opaque.OpaqueContext;
import org.hikae.crypto.opaque.RegistrationResponse;
import org.hikae.crypto.opaque.client.ClientLogin;
import org.hikae.crypto.opaque.client.ClientRegistration;
import org.hikae.crypto.opaque.client.Ksf;
import org.hikae.crypto.opaque.client.OpaqueClient;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.WrapHeader;
import org.hikae.hk1.WrapMethod;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.OwnerOrder;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.VaultAnswer;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.wire.VaultEnvelope;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultPayload.Operation;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Outer;
import org.hikae.vault.wire.VaultRequest;
import org.hikae.vault.wire.Witness;
import org.jspecify.annotations.Nullable;

/**
 * The device's end of the vault protocol, as a test needs it: it can do everything right, and each
 * step can be taken apart to do it wrong. The stretching is left out, to be fast, unless it is
 * given.
 */
public final class TestDevice {

  private final UnaryOperator<byte[]> transport;
  private final SignedCard card;
  private final VaultCard parsedCard;
  private final Clock clock;
  private final Supplier<String> token;
  private final SecureRandom random;
  private final OpaqueClient opaque;
  private final P256Group group;

  /** The newest head seen; sent with each request. */
  public byte[] lastHead = new byte[0];

  public SigningKey deviceKey;
  public SigningKey ownerKey;
  public byte[] setId;

  public TestDevice(
      UnaryOperator<byte[]> transport,
      SignedCard card,
      Clock clock,
      Supplier<String> token,
      SecureRandom random) {
    this(transport, card, clock, token, random, input -> input);
  }

  /** The same with a stretching. */
  public TestDevice(
      UnaryOperator<byte[]> transport,
      SignedCard card,
      Clock clock,
      Supplier<String> token,
      SecureRandom random,
      Ksf stretching) {
    this.transport = transport;
    this.card = card;
    this.clock = clock;
    this.token = token;
    this.random = random;
    this.group = new P256Group(random);
    this.opaque = new OpaqueClient(group, stretching, random);
    this.deviceKey = SigningKey.generate(random);
    this.ownerKey = SigningKey.generate(random);
    this.setId = fresh(16);
    try {
      this.parsedCard = VaultCard.parse(card.card());
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /** What a finished registration left. */
  public record Registered(
      byte[] credId,
      byte[] upload,
      byte[] wrap,
      byte[] exportKey,
      Receipt pending,
      @Nullable Receipt exposedOrNull) {

    /** Receipt of Expose. */
    public Receipt exposed() {
      return Objects.requireNonNull(exposedOrNull);
    }
  }

  /** A login that has been started. */
  public record Started(
      byte[] loginId, byte[] credId, ClientLogin login, byte[] ke1, VaultReply reply) {

    /** KE2, when the vault gave one. */
    public byte[] ke2() {
      return done().ke2();
    }

    public VaultPayload.LoginStartDone done() {
      try {
        return VaultPayload.LoginStartDone.parse(payload(reply));
      } catch (MalformedException e) {
        throw new AssertionError(e);
      }
    }
  }

  public byte[] fresh(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  // The channel.

  /** A request as an honest device makes it. */
  public VaultRequest request(VaultMessageType type, byte[] payload) {
    return request(type, payload, token.get(), clock.instant().getEpochSecond());
  }

  public VaultRequest request(VaultMessageType type, byte[] payload, String with, long issuedAt) {
    // Other threads may learn of a newer one meanwhile.
    byte[] seen = lastHead;
    byte[] signature =
        deviceKey.sign(VaultRequest.transcript(type, card, issuedAt, with, setId, seen, payload));
    return new VaultRequest(
        issuedAt, with, setId, deviceKey.publicKey().encode(), seen, payload, signature);
  }

  public ClientChannel.SealedRequest seal(VaultMessageType type, VaultRequest request) {
    byte[] info = VaultEnvelope.channelInfo(type, parsedCard.tenant(), card);
    return channel().seal(info, new byte[0], request.encode());
  }

  ClientChannel channel() {
    try {
      return new ClientChannel(group, Element.decodeUncompressed(parsedCard.channelKey()), random);
    } catch (CryptoException e) {
      throw new AssertionError(e);
    }
  }

  public VaultReply deliver(VaultMessageType type, VaultRequest request) {
    ClientChannel.SealedRequest sealedRequest = seal(type, request);
    return open(sealedRequest, transport.apply(outer(type, sealedRequest)));
  }

  byte[] outer(VaultMessageType type, ClientChannel.SealedRequest sealedRequest) {
    return new VaultEnvelope(type, parsedCard.sequence(), sealedRequest.sealed()).encode();
  }

  VaultReply open(ClientChannel.SealedRequest sealedRequest, byte[] answer) {
    try {
      Outer outer = Outer.parse(answer);
      if (!outer.sealedReply()) {
        return VaultReply.parse(outer.body());
      }
      VaultAnswer opened = VaultAnswer.parse(sealedRequest.openReply(outer.body()));
      LedgerHead head = opened.head();
      if (head != null) {
        VerifyingKey.decode(parsedCard.identityKey())
            .verify(
                LedgerHead.transcript(parsedCard.tenant(), head.seq(), head.mac()),
                head.signature());
        lastHead = head.encode();
      }
      return opened.reply();
    } catch (MalformedException | CryptoException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends a payload as an honest device does. */
  public VaultReply send(VaultMessageType type, byte[] payload) {
    return deliver(type, request(type, payload));
  }

  public static byte[] payload(VaultReply reply) {
    assertThat(reply).isInstanceOf(VaultReply.Done.class);
    return ((VaultReply.Done) reply).payload();
  }

  // Registration.

  byte[] passwordInput(String password) {
    byte[] text = password.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 + text.length + setId.length)
        .putShort((short) text.length)
        .put(text)
        .put(setId)
        .array();
  }

  OpaqueContext context() {
    byte[] server = ("HK1|1|" + parsedCard.tenant() + "|vault").getBytes(StandardCharsets.US_ASCII);
    return new OpaqueContext(new byte[0], server, setId);
  }

  public ClientRegistration startRegistration(String password) {
    return opaque.startRegistration(SecretBytes.copyOf(passwordInput(password)));
  }

  public VaultPayload.RegInit regInit(ClientRegistration registration) {
    return new VaultPayload.RegInit(
        fresh(16), registration.request().encode(), ownerKey.publicKey().encode());
  }

  public byte[] wrapFor(byte[] credId) {
    byte[] head =
        new WrapHeader(WrapMethod.PASSWORD_VAULT, setId, 1, fresh(16), fresh(32), credId).encode();
    return ByteBuffer.allocate(head.length + WrapHeader.BODY_BYTES)
        .put(head)
        .put(fresh(WrapHeader.BODY_BYTES))
        .array();
  }

  /** RegFinish for what RegInit answered. */
  public VaultPayload.RegFinish regFinish(
      ClientRegistration registration, VaultPayload.RegInitDone begun) {
    ClientRegistration.Result result = finish(registration, begun);
    return new VaultPayload.RegFinish(
        begun.credId(), result.upload().encode(), wrapFor(begun.credId()));
  }

  ClientRegistration.Result finish(
      ClientRegistration registration, VaultPayload.RegInitDone begun) {
    try {
      return registration.finish(
          RegistrationResponse.decode(begun.registrationResponse()),
          Element.decode(parsedCard.akeKey()),
          context());
    } catch (CryptoException e) {
      throw new AssertionError(e);
    }
  }

  public VaultPayload.Expose expose(byte[] credId, Receipt pending) {
    return new VaultPayload.Expose(
        credId, ownerKey.sign(VaultPayload.Expose.transcript(credId, pending)));
  }

  public Receipt receipt(VaultReply reply) {
    try {
      Receipt receipt = Receipt.parse(payload(reply));
      assertThat(isGenuine(receipt)).isTrue();
      return receipt;
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether the vault signed this receipt. */
  public boolean isGenuine(Receipt receipt) {
    try {
      VerifyingKey.decode(parsedCard.identityKey())
          .verify(receipt.transcript(), receipt.signature());
      return true;
    } catch (CryptoException e) {
      return false;
    }
  }

  public VaultPayload.RegInitDone begun(VaultReply reply) {
    try {
      return VaultPayload.RegInitDone.parse(payload(reply));
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /** RegInit and RegFinish. */
  public Registered registerPending(String password) {
    ClientRegistration registration = startRegistration(password);
    VaultPayload.RegInitDone begun =
        begun(send(VaultMessageType.REG_INIT, regInit(registration).encode()));
    ClientRegistration.Result result = finish(registration, begun);
    byte[] wrap = wrapFor(begun.credId());
    VaultPayload.RegFinish finish =
        new VaultPayload.RegFinish(begun.credId(), result.upload().encode(), wrap);
    Receipt pending = receipt(send(VaultMessageType.REG_FINISH, finish.encode()));
    return new Registered(
        begun.credId(), result.upload().encode(), wrap, result.exportKey().expose(), pending, null);
  }

  /** All three phases. */
  public Registered register(String password) {
    Registered pending = registerPending(password);
    Receipt exposed =
        receipt(
            send(VaultMessageType.EXPOSE, expose(pending.credId(), pending.pending()).encode()));
    return new Registered(
        pending.credId(),
        pending.upload(),
        pending.wrap(),
        pending.exportKey(),
        pending.pending(),
        exposed);
  }

  // Login.

  /** LoginStart with a fresh loginId and KE1. */
  public Started start(byte[] credId, String password) {
    return restart(fresh(16), credId, startLogin(password));
  }

  public ClientLogin startLogin(String password) {
    return opaque.startLogin(SecretBytes.copyOf(passwordInput(password)));
  }

  public Started restart(byte[] loginId, byte[] credId, ClientLogin login) {
    byte[] ke1 = login.ke1().encode();
    VaultReply reply =
        send(
            VaultMessageType.LOGIN_START,
            new VaultPayload.LoginStart(loginId, credId, ke1).encode());
    return new Started(loginId, credId, login, ke1, reply);
  }

  /** A guess that can be sent more than once. */
  public record Guess(byte[] loginId, byte[] ke1) {}

  /** A guess with a fresh loginId and KE1. */
  public Guess guess(String password) {
    return new Guess(fresh(16), startLogin(password).ke1().encode());
  }

  /** LoginStart for a guess. */
  public VaultReply send(Guess guess, byte[] credId) {
    return send(
        VaultMessageType.LOGIN_START,
        new VaultPayload.LoginStart(guess.loginId(), credId, guess.ke1()).encode());
  }

  /** The same device and set as another object. */
  public TestDevice speakingFor(TestDevice same) {
    deviceKey = same.deviceKey;
    ownerKey = same.ownerKey;
    setId = same.setId;
    return this;
  }

  /** KE3 and MAC of an honest client; fails the test when the password is wrong. */
  public VaultPayload.LoginFinish proof(Started started, Operation operation) {
    return proof(started, operation, new byte[0]);
  }

  public VaultPayload.LoginFinish proof(Started started, Operation operation, byte[] argument) {
    try {
      ClientLogin.Result result = started.login().finish(Ke2.decode(started.ke2()), context());
      byte[] mac =
          HmacSha256.mac(
              result.sessionKey().expose(),
              VaultPayload.LoginFinish.macBytes(started.loginId(), operation, argument));
      return new VaultPayload.LoginFinish(
          started.loginId(), result.ke3().encode(), operation, argument, mac);
    } catch (CryptoException e) {
      throw new AssertionError("The password is not the registered one.", e);
    }
  }

  public VaultReply finish(Started started, Operation operation) {
    return send(VaultMessageType.LOGIN_FINISH, proof(started, operation).encode());
  }

  /** One whole login that fetches the wrap. */
  public byte[] login(byte[] credId, String password) {
    try {
      return VaultPayload.LoginFinishDone.parse(
              payload(finish(start(credId, password), Operation.FETCH)))
          .passwordWrap();
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /** LoginFinish that cannot be right. */
  public VaultPayload.LoginFinish wrongProof(byte[] loginId) {
    return new VaultPayload.LoginFinish(
        loginId, new byte[32], Operation.FETCH, new byte[0], new byte[32]);
  }

  // Status, witness, orders.

  /** Status, with its signature and nonce checked. */
  public StatusDone status() {
    return status(0);
  }

  public StatusDone status(long afterSeq) {
    byte[] nonce = fresh(16);
    try {
      StatusDone status =
          StatusDone.parse(
              payload(
                  send(
                      VaultMessageType.STATUS, new VaultPayload.Status(nonce, afterSeq).encode())));
      VerifyingKey.decode(parsedCard.identityKey()).verify(status.transcript(), status.signature());
      assertThat(status.nonce()).isEqualTo(nonce);
      return status;
    } catch (MalformedException | CryptoException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Fetches all that has happened, and says so, as a device does that has kept what it fetched; the
   * last answer.
   */
  public StatusDone hear() {
    StatusDone page = status();
    while (!page.receipts().isEmpty()) {
      page = status(page.receipts().getLast().entry().seq());
    }
    return page;
  }

  /** What is left to try. */
  public int attemptsLeft() {
    return status().attempts().left();
  }

  /** What happened to the employee, oldest first. */
  public List<VaultEvent> events() {
    return status().receipts().stream().map(receipt -> receipt.entry().event()).toList();
  }

  public byte[] deviceId() {
    return TextCodec.deviceId(deviceKey.publicKey().encode());
  }

  public VaultReply order(OwnerOrder.Order order, byte[] argument) {
    return order(order, argument, status().orderNonce());
  }

  public VaultReply order(OwnerOrder.Order order, byte[] argument, Hash256 nonce) {
    Transcript signed =
        OwnerOrder.transcript(order, parsedCard.tenant(), employee(), setId, argument, nonce);
    return send(
        VaultMessageType.ORDER,
        new OwnerOrder(order, argument, nonce, ownerKey.sign(signed)).encode());
  }

  public VaultReply witness(long seq, Hash256 snapshotHash) {
    Transcript signed =
        Witness.transcript(parsedCard.tenant(), employee(), setId, deviceId(), seq, snapshotHash);
    return send(
        VaultMessageType.WITNESS,
        new Witness(ownerKey.publicKey().encode(), seq, snapshotHash, ownerKey.sign(signed))
            .encode());
  }

  private Hash256 employee() {
    String of = token.get();
    return VaultFixture.employee(of.substring(0, of.indexOf('|')));
  }
}
