package org.hikae.vault.core;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.channel.ServerChannel;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.wire.VaultEnvelope;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Outer;
import org.hikae.vault.wire.VaultReply.Refused;
import org.hikae.vault.wire.VaultRequest;
import org.jspecify.annotations.Nullable;

/**
 * The vault: sealed message in, sealed reply out. Opens the channel, checks device signature, token
 * and age by itself, then lets registration, login or status decide. It never answers with more
 * than a refusal when something unexpected happens, and logs message type and outcome only.
 */
public final class Vault {

  private static final Logger LOG = System.getLogger(Vault.class.getName());
  private static final byte[] NO_AAD = new byte[0];

  private final VaultCard card;
  private final SignedCard signedCard;
  private final Ports ports;
  private final ServerChannel channel;
  private final Registration registration;
  private final Login login;
  private final StatusReport status;
  private final LockOut lockOut;

  /**
   * What the vault stands on.
   *
   * @param root its keys
   * @param store its records
   * @param tokens its check of callers
   * @param clock its time
   * @param random its dice
   */
  public record Ports(
      RootKey root, RecordStore store, TokenVerifier tokens, Clock clock, SecureRandom random) {}

  /**
   * A vault that serves one card.
   *
   * @throws MalformedException when {@code signedCard} holds no card
   * @throws IllegalArgumentException when the card's keys are not this root's
   */
  public Vault(SignedCard signedCard, Ports ports) throws MalformedException {
    this.card = VaultCard.parse(signedCard.card());
    this.signedCard = signedCard;
    this.ports = ports;
    CardCheck.requireKeysOf(card, ports.root());
    String tenant = card.tenant();
    RecordSeal seal = new RecordSeal(ports.root(), tenant, ports.random());
    Tally tally = new Tally(seal);
    VaultKeys keys = new VaultKeys(ports.root(), tenant, ports.random());
    Receipts receipts = new Receipts(ports.root(), tenant);
    this.channel = new ServerChannel(ports.root().channel(), ports.random());
    this.lockOut = new LockOut(ports.store(), tally, ports.clock());
    this.registration =
        new Registration(
            ports.store(),
            seal,
            tally,
            lockOut,
            keys,
            receipts,
            new Registration.Draws(ports.random(), ports.clock()));
    this.login = new Login(ports.store(), seal, tally, lockOut, keys, ports.clock());
    this.status = new StatusReport(ports.store(), tally, lockOut, ports.root());
  }

  /** The card this vault serves. */
  public SignedCard signedCard() {
    return signedCard;
  }

  /** Whether the vault can serve now. */
  public boolean ready() {
    return ports.store().ready();
  }

  /** Locks records whose last open login has run out, and forgets what no rule needs. */
  public void sweep() {
    lockOut.sweep();
  }

  /** Answers one outer request with one outer reply. */
  public byte[] answer(byte[] outerRequest) {
    VaultEnvelope envelope;
    ServerChannel.Received received;
    try {
      envelope = VaultEnvelope.parse(outerRequest);
      if (envelope.cardSequence() != card.sequence()) {
        return inClear(VaultRefusal.UNKNOWN_CARD);
      }
      byte[] info = VaultEnvelope.channelInfo(envelope.type(), card.tenant(), signedCard);
      received = channel.open(info, NO_AAD, envelope.sealed());
    } catch (MalformedException | CryptoException e) {
      return inClear(VaultRefusal.MALFORMED);
    } catch (UnavailableException e) {
      LOG.log(Level.ERROR, "The root key does not answer: {0}", e.getMessage());
      return inClear(VaultRefusal.UNAVAILABLE);
    }
    VaultReply reply = guarded(envelope.type(), received.request());
    return new Outer(true, received.sealReply(reply.encode())).encode();
  }

  private static byte[] inClear(VaultRefusal refusal) {
    return new Outer(false, Refused.of(refusal).encode()).encode();
  }

  private VaultReply guarded(VaultMessageType type, byte[] request) {
    VaultReply reply = replyOrRefusal(type, request);
    LOG.log(Level.INFO, "{0} {1}", type, reply instanceof Refused no ? no.refusal() : "DONE");
    return reply;
  }

  private VaultReply replyOrRefusal(VaultMessageType type, byte[] request) {
    try {
      VaultRequest parsed = VaultRequest.parse(request);
      return dispatch(type, authenticate(type, parsed), parsed.payload());
    } catch (MalformedException e) {
      return Refused.of(VaultRefusal.MALFORMED);
    } catch (RefusalException e) {
      return e.refused();
    } catch (UnavailableException e) {
      LOG.log(Level.ERROR, "{0} cannot be served: {1}", type, e.getMessage());
      return Refused.of(VaultRefusal.UNAVAILABLE);
    } catch (TamperedException e) {
      LOG.log(Level.ERROR, "ALARM: {0}", e.getMessage());
      return Refused.of(VaultRefusal.UNAVAILABLE);
    } catch (IllegalStateException | IllegalArgumentException e) {
      LOG.log(Level.ERROR, "Defect in " + type, e);
      return Refused.of(VaultRefusal.UNAVAILABLE);
    }
  }

  private Caller authenticate(VaultMessageType type, VaultRequest request) {
    Instant now = ports.clock().instant();
    Instant issuedAt = Instant.ofEpochSecond(Math.min(request.issuedAtSeconds(), 1L << 40));
    boolean onTime =
        !issuedAt.isBefore(now.minus(VaultLimits.DEVICE_CLOCK_SKEW))
            && !issuedAt.isAfter(now.plus(VaultLimits.DEVICE_CLOCK_SKEW));
    if (!onTime) {
      throw RefusalException.of(VaultRefusal.DEVICE_REFUSED);
    }
    requireDevice(type, request);
    TokenVerifier.Bearer bearer;
    try {
      bearer = ports.tokens().verify(request.token());
    } catch (TokenRefusedException e) {
      LOG.log(Level.INFO, "{0}: {1}", type, e.getMessage());
      throw RefusalException.of(VaultRefusal.TOKEN_REFUSED);
    }
    boolean needsFreshSignIn =
        type == VaultMessageType.REG_INIT || type == VaultMessageType.LOGIN_START;
    if (needsFreshSignIn && !isFresh(bearer.authenticatedAt(), now)) {
      throw RefusalException.of(VaultRefusal.REAUTHENTICATE);
    }
    return Caller.of(card.tenant(), bearer, request);
  }

  private void requireDevice(VaultMessageType type, VaultRequest request) {
    VerifyingKey device;
    try {
      device = VerifyingKey.decode(request.deviceKey());
    } catch (CryptoException e) {
      throw RefusalException.of(VaultRefusal.MALFORMED);
    }
    try {
      device.verify(
          VaultRequest.transcript(
              type,
              signedCard,
              request.issuedAtSeconds(),
              request.token(),
              request.setId(),
              request.payload()),
          request.signature());
    } catch (CryptoException e) {
      throw RefusalException.of(VaultRefusal.DEVICE_REFUSED);
    }
  }

  /** A sign-in of the future is no sign-in; a small difference between clocks is allowed. */
  private static boolean isFresh(@Nullable Instant authenticatedAt, Instant now) {
    return authenticatedAt != null
        && !authenticatedAt.isBefore(now.minus(VaultLimits.SIGN_IN_AGE))
        && !authenticatedAt.isAfter(now.plus(VaultLimits.SIGN_ON_CLOCK_SKEW));
  }

  private VaultReply dispatch(VaultMessageType type, Caller caller, byte[] payload)
      throws MalformedException {
    return switch (type) {
      case REG_INIT ->
          done(registration.begin(caller, VaultPayload.RegInit.parse(payload)).encode());
      case REG_FINISH ->
          done(registration.finish(caller, VaultPayload.RegFinish.parse(payload)).encode());
      case EXPOSE -> done(registration.expose(caller, VaultPayload.Expose.parse(payload)).encode());
      case LOGIN_START -> login.start(caller, VaultPayload.LoginStart.parse(payload));
      case LOGIN_FINISH -> login.finish(caller, VaultPayload.LoginFinish.parse(payload));
      case STATUS -> done(status.report(caller, VaultPayload.Status.parse(payload)).encode());
    };
  }

  private static VaultReply done(byte[] payload) {
    return new VaultReply.Done(payload);
  }
}
