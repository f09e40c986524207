package org.hikae.vault.core;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.channel.ServerChannel;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.ledger.ReceiptIssuer;
import org.hikae.vault.ledger.VaultClosedException;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.TokenRefusedException;
import org.hikae.vault.port.TokenVerifier;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.port.VaultDependencies;
import org.hikae.vault.transaction.AccountTransaction;
import org.hikae.vault.transaction.DueTransitions;
import org.hikae.vault.transaction.EpochRotation;
import org.hikae.vault.transaction.GroupCommitExecutor;
import org.hikae.vault.transaction.RecordSealer;
import org.hikae.vault.transaction.RefusalException;
import org.hikae.vault.wire.AuditHead;
import org.hikae.vault.wire.AuditHeadAnswer;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.OwnerOrder;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultAnswer;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.wire.VaultEnvelope;
import org.hikae.vault.wire.VaultEventPage;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Outer;
import org.hikae.vault.wire.VaultReply.Refused;
import org.hikae.vault.wire.VaultRequest;
import org.hikae.vault.wire.Witness;
import org.jspecify.annotations.Nullable;

/**
 * The vault: sealed message in, sealed reply out. Opens the channel, checks device signature, token
 * and age by itself, then lets registration, login or status decide. It never answers with more
 * than a refusal when something unexpected happens, and logs message type and outcome only.
 */
public final class VaultCore {

  private static final Logger LOG = System.getLogger(VaultCore.class.getName());
  private static final byte[] NO_AAD = new byte[0];

  private final VaultCard card;
  private final SignedCard signedCard;
  private final VaultDependencies dependencies;
  private final ServerChannel channel;
  private final GroupCommitExecutor groupCommitExecutor;
  private final EpochRotation epochs;
  private final RegistrationHandler registration;
  private final LoginHandler login;
  private final StatusHandler status;
  private final WitnessHandler witnessHandler;
  private final OwnerOrderHandler orders;
  private final EventFeed events;
  private final AuditWitnessHandler audit;

  /**
   * What the operator decides.
   *
   * @param backupRetention how long backups of the store are kept: what is erased opens for nobody
   *     that long after the end of the week
   * @param waits before the attempts after the third failure in a row; {@link VaultLimits#WAITS}
   *     but in tests
   */
  public record VaultSettings(Duration backupRetention, List<Duration> waits) {}

  /** What makes a reply; what it throws becomes a refusal. */
  @FunctionalInterface
  private interface MessageHandler {
    VaultReply reply() throws MalformedException;
  }

  /**
   * A vault that serves one card.
   *
   * @throws MalformedException when {@code signedCard} holds no card
   * @throws IllegalArgumentException when the card's keys are not this root's
   */
  public VaultCore(
      SignedCard signedCard, VaultDependencies dependencies, VaultSettings vaultSettings)
      throws MalformedException {
    this(
        signedCard,
        dependencies,
        vaultSettings,
        tenant -> new VaultOpaqueEvaluator(dependencies.root(), tenant, dependencies.random()));
  }

  /** With another OPAQUE, made for the card's tenant once the card's keys are known to be right. */
  public VaultCore(
      SignedCard signedCard,
      VaultDependencies dependencies,
      VaultSettings vaultSettings,
      Function<String, OpaqueEvaluator> opaqueOf)
      throws MalformedException {
    this.card = VaultCard.parse(signedCard.card());
    this.signedCard = signedCard;
    this.dependencies = dependencies;
    CardVerifier.requireKeysOf(card, dependencies.root());
    String tenant = card.tenant();
    RecordSealer seal =
        new RecordSealer(dependencies.root(), dependencies.epochs(), tenant, dependencies.random());
    this.epochs = new EpochRotation(dependencies.epochs(), seal, vaultSettings.backupRetention());
    DueTransitions dueTransitions = new DueTransitions(epochs);
    this.groupCommitExecutor = new GroupCommitExecutor(dependencies, tenant, dueTransitions);
    this.channel = new ServerChannel(dependencies.root().channel(), dependencies.random());
    OpaqueEvaluator opaque = opaqueOf.apply(tenant);
    ReceiptIssuer receipts = new ReceiptIssuer(dependencies.root(), tenant);
    AttemptPolicy attemptPolicy = new AttemptPolicy(vaultSettings.waits());
    this.orders = new OwnerOrderHandler(groupCommitExecutor, dueTransitions, receipts, tenant);
    this.registration =
        new RegistrationHandler(
            groupCommitExecutor,
            new RegistrationHandler.SealingContext(seal, epochs),
            dueTransitions,
            opaque,
            receipts,
            dependencies.random());
    this.login =
        new LoginHandler(
            groupCommitExecutor, seal, dueTransitions, orders, attemptPolicy, opaque, receipts);
    this.status =
        new StatusHandler(groupCommitExecutor, attemptPolicy, receipts, dependencies.root());
    this.events = new EventFeed(groupCommitExecutor, receipts);
    this.witnessHandler = new WitnessHandler(groupCommitExecutor, receipts, tenant);
    this.audit = new AuditWitnessHandler(groupCommitExecutor, receipts, tenant);
  }

  /** The card this vault serves. */
  public SignedCard signedCard() {
    return signedCard;
  }

  /** Whether the vault can serve now; takes over the ledger when nobody holds it. */
  public boolean ready() {
    try {
      return groupCommitExecutor.chore((rows, nowMillis) -> true);
    } catch (UnavailableException | TamperedException e) {
      LOG.log(Level.INFO, "The vault cannot serve: {0}", e.getMessage());
      return false;
    } catch (VaultClosedException e) {
      return false;
    }
  }

  /**
   * How far the host's clock is ahead of the vault's time (spec HK1-V-35).
   *
   * @throws UnavailableException when the vault cannot serve now
   * @throws VaultClosedException when it has closed itself
   */
  public Duration behindHost() {
    return groupCommitExecutor.chore(
        (rows, nowMillis) -> Duration.ofMillis(dependencies.clock().millis() - nowMillis));
  }

  /** Why the vault has closed itself, if it has. */
  public Optional<String> closedBecause() {
    return groupCommitExecutor.closedBecause();
  }

  /**
   * Does what time alone brings: used-up records, announced changes, old logins, the week's key.
   *
   * @throws UnavailableException when it cannot be done now
   * @throws VaultClosedException when the vault has closed itself
   */
  public void sweep() {
    List<Hash256> due =
        groupCommitExecutor.chore(
            (rows, nowMillis) -> {
              rows.eraseLogins(nowMillis - VaultLimits.ATTEMPT_MEMORY.toMillis(), VaultLimits.STEP);
              return rows.due(nowMillis, VaultLimits.STEP);
            });
    for (Hash256 employee : due) {
      groupCommitExecutor.run(employee, null, AccountTransaction::nowMillis);
    }
    epochs.tend(groupCommitExecutor);
  }

  /** The two people's way in: reopening after an alarm, deleting for administrators. */
  public DualControl dualControl(Custodians custodians) {
    return new DualControl(groupCommitExecutor, custodians, card.tenant(), dependencies.clock());
  }

  /** What happened after a row, for the portal; says nothing when it cannot be said now. */
  public VaultEventPage eventsAfter(long seq) {
    try {
      return events.after(seq);
    } catch (UnavailableException | VaultClosedException | TamperedException e) {
      return VaultEventPage.notNow(seq);
    }
  }

  /** Takes down how far the portal's audit trail has come, or says how far it had come. */
  public AuditHeadAnswer auditHead(AuditHead head) {
    try {
      AuditHeadAnswer answer = audit.answer(head);
      if (answer.outcome() == AuditHeadAnswer.HeadOutcome.SET_BACK) {
        LOG.log(
            Level.ERROR,
            "ALARM: the portal''s audit trail ends at event {0}, but was at {1} before.",
            head.seq(),
            answer.seq());
      }
      return answer;
    } catch (UnavailableException | VaultClosedException | TamperedException e) {
      LOG.log(Level.ERROR, "The end of the audit trail cannot be kept: {0}", e.getMessage());
      return AuditHeadAnswer.without(AuditHeadAnswer.HeadOutcome.NOT_NOW);
    }
  }

  /** Writes the ledger's sums down before a stop, so that the next start is quick. */
  public void rest() {
    groupCommitExecutor.rest();
  }

  /** Answers one outer request with one outer reply. */
  public byte[] answer(byte[] outerRequest) {
    VaultEnvelope envelope;
    ServerChannel.OpenedRequest openedRequest;
    try {
      envelope = VaultEnvelope.parse(outerRequest);
      if (envelope.cardSequence() != card.sequence()) {
        return inClear(VaultRefusal.UNKNOWN_CARD);
      }
      byte[] info = VaultEnvelope.channelInfo(envelope.type(), card.tenant(), signedCard);
      openedRequest = channel.open(info, NO_AAD, envelope.sealed());
    } catch (MalformedException | CryptoException e) {
      return inClear(VaultRefusal.MALFORMED);
    } catch (UnavailableException e) {
      LOG.log(Level.ERROR, "The root key does not answer: {0}", e.getMessage());
      return inClear(VaultRefusal.UNAVAILABLE);
    }
    VaultMessageType type = envelope.type();
    VaultAnswer answer = answer(type, () -> checked(type, openedRequest.request()));
    return new Outer(true, openedRequest.sealReply(answer.encode())).encode();
  }

  /** Answers a message whose channel, device, token and age were checked. */
  public VaultAnswer answer(
      VaultMessageType type, AuthenticatedDevice authenticatedDevice, byte[] payload) {
    return answer(type, () -> dispatch(type, authenticatedDevice, payload));
  }

  private VaultAnswer answer(VaultMessageType type, MessageHandler messageHandler) {
    VaultReply reply = replyOrRefusal(type, messageHandler);
    LOG.log(Level.INFO, "{0} {1}", type, reply instanceof Refused no ? no.refusal() : "DONE");
    return new VaultAnswer(reply, groupCommitExecutor.head());
  }

  private static byte[] inClear(VaultRefusal refusal) {
    return new Outer(false, Refused.of(refusal).encode()).encode();
  }

  private VaultReply replyOrRefusal(VaultMessageType type, MessageHandler messageHandler) {
    try {
      return messageHandler.reply();
    } catch (MalformedException e) {
      return Refused.of(VaultRefusal.MALFORMED);
    } catch (RefusalException e) {
      return e.refused();
    } catch (UnavailableException e) {
      LOG.log(Level.ERROR, "{0} cannot be served: {1}", type, e.getMessage());
      return Refused.of(VaultRefusal.UNAVAILABLE);
    } catch (VaultClosedException e) {
      return Refused.of(VaultRefusal.SEALED);
    } catch (TamperedException e) {
      LOG.log(Level.ERROR, "ALARM: {0}", e.getMessage());
      return Refused.of(VaultRefusal.UNAVAILABLE);
    } catch (IllegalStateException | IllegalArgumentException e) {
      LOG.log(Level.ERROR, "Defect in " + type, e);
      return Refused.of(VaultRefusal.UNAVAILABLE);
    }
  }

  private VaultReply checked(VaultMessageType type, byte[] request) throws MalformedException {
    VaultRequest parsed = VaultRequest.parse(request);
    return dispatch(type, authenticate(type, parsed), parsed.payload());
  }

  private AuthenticatedDevice authenticate(VaultMessageType type, VaultRequest request)
      throws MalformedException {
    Instant now = dependencies.clock().instant();
    Instant issuedAt = Instant.ofEpochSecond(Math.min(request.issuedAtSeconds(), 1L << 40));
    boolean onTime =
        !issuedAt.isBefore(now.minus(VaultLimits.DEVICE_CLOCK_SKEW))
            && !issuedAt.isAfter(now.plus(VaultLimits.DEVICE_CLOCK_SKEW));
    if (!onTime) {
      throw RefusalException.of(VaultRefusal.DEVICE_REFUSED);
    }
    requireDevice(type, request);
    TokenVerifier.TokenBearer bearer;
    try {
      bearer = dependencies.tokens().verify(request.token(), request.deviceKey());
    } catch (TokenRefusedException e) {
      LOG.log(Level.INFO, "{0}: {1}", type, e.getMessage());
      throw RefusalException.of(VaultRefusal.TOKEN_REFUSED);
    }
    return AuthenticatedDevice.of(
        card.tenant(), bearer, request, seen(request), isFresh(bearer.authenticatedAt(), now));
  }

  /**
   * A head that this vault signed, with this identity key or a former one of its card. Anything
   * else says nothing about this vault: a leaked key must not close it.
   */
  private @Nullable LedgerHead seen(VaultRequest request) throws MalformedException {
    if (request.lastHead().length == 0) {
      return null;
    }
    LedgerHead head = LedgerHead.parse(request.lastHead());
    return CardVerifier.isSignedBy(
            card, LedgerHead.transcript(card.tenant(), head.seq(), head.mac()), head.signature())
        ? head
        : null;
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
              request.lastHead(),
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

  private VaultReply dispatch(
      VaultMessageType type, AuthenticatedDevice authenticatedDevice, byte[] payload)
      throws MalformedException {
    return switch (type) {
      case REG_INIT ->
          done(
              registration
                  .begin(authenticatedDevice, VaultPayload.RegInit.parse(payload))
                  .encode());
      case REG_FINISH ->
          done(
              registration
                  .finish(authenticatedDevice, VaultPayload.RegFinish.parse(payload))
                  .encode());
      case EXPOSE ->
          done(
              registration
                  .expose(authenticatedDevice, VaultPayload.Expose.parse(payload))
                  .encode());
      case LOGIN_START ->
          done(login.start(authenticatedDevice, VaultPayload.LoginStart.parse(payload)).encode());
      case LOGIN_FINISH ->
          login.finish(authenticatedDevice, VaultPayload.LoginFinish.parse(payload));
      case STATUS ->
          done(status.report(authenticatedDevice, VaultPayload.Status.parse(payload)).encode());
      case WITNESS ->
          done(witnessHandler.witness(authenticatedDevice, Witness.parse(payload)).encode());
      case ORDER -> done(orders.obey(authenticatedDevice, OwnerOrder.parse(payload)).encode());
    };
  }

  private static VaultReply done(byte[] payload) {
    return new VaultReply.Done(payload);
  }
}
