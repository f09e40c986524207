package org.hikae.device.vaultclient;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.channel.ClientChannel;
import org.hikae.crypto.group.P256Group;
import org.hikae.crypto.opaque.client.Ksf;
import org.hikae.device.AgentException;
import org.hikae.device.http.CallDeadline;
import org.hikae.device.portal.VaultTokenSource.VaultToken;
import org.hikae.device.state.ReceiptStore;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.VaultAnswer;
import org.hikae.vault.wire.VaultEnvelope;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultRequest;
import org.jspecify.annotations.Nullable;

/**
 * Sends one message to the vault and opens its reply (spec HK1-V-02 to HK1-V-04, HK1-V-20). The
 * portal carries sealed bytes; it cannot read, change or answer them, only lose them. What it may
 * say in the clear is a short list of refusals, and anything else in the clear is refused. Each
 * answer must show a ledger that has not gone back. When the vault has a new card, the same payload
 * is sent once more, sealed to that; and once more with a token that is not bound to this device,
 * when the vault, being of an earlier release, takes no other, or the bound one does not say when
 * the person signed in last.
 */
public final class VaultChannel {

  private static final Set<VaultRefusal> MAY_COME_IN_CLEAR =
      Set.of(VaultRefusal.MALFORMED, VaultRefusal.UNKNOWN_CARD, VaultRefusal.UNAVAILABLE);

  /** With what these carry a password can be guessed at by who opens them. */
  private static final Set<VaultMessageType> OF_NEW_PASSWORDS =
      EnumSet.of(VaultMessageType.REG_INIT, VaultMessageType.REG_FINISH);

  private static final byte[] NO_AAD = new byte[0];

  private final VaultClientContext context;
  private final CardSource cards;
  private final LedgerHeadGuard heads;
  private final Hash256 employee;
  private final ReceiptStore receipts;
  private final WitnessedHeads witnessed;

  private TrustedCard card;
  private boolean fetched;

  /** Where the newest card comes from. */
  interface CardSource {
    /** Fetches, verifies and remembers it. */
    TrustedCard fetch() throws AgentException;

    /** Asked before something is sealed to a card by which a new password is registered. */
    void beforePassword(TrustedCard card) throws AgentException;
  }

  /**
   * Seals to a card.
   *
   * @param fetched whether the card was fetched for this, and is not only remembered
   */
  VaultChannel(
      VaultClientContext context,
      TrustedCard card,
      boolean fetched,
      CardSource cards,
      Hash256 employee,
      ReceiptStore receipts,
      WitnessedHeads witnessed) {
    this.context = context;
    this.card = card;
    this.fetched = fetched;
    this.cards = cards;
    this.heads = new LedgerHeadGuard(context.stateFile());
    this.employee = employee;
    this.receipts = receipts;
    this.witnessed = witnessed;
  }

  /** The card this channel is sealed to. */
  public TrustedCard card() {
    return card;
  }

  /** Who the employee is in the vault's ledger. */
  public Hash256 employee() {
    return employee;
  }

  /** How passwords are stretched. */
  Ksf ksf() {
    return context.ksf();
  }

  /** This device's identifier. */
  public byte[] deviceId() {
    return context.device().deviceId();
  }

  /** Where receipts are kept. */
  public ReceiptStore receipts() {
    return receipts;
  }

  /** Where heads of series are noted that answers name. */
  WitnessedHeads witnessed() {
    return witnessed;
  }

  /** By the realm's clock, which is the vault's but for minutes (spec HK1-E-18, HK1-V-44). */
  public Instant realmTime() throws AgentException {
    return context.tokens().now();
  }

  /** Waits a moment for another process of the vault to take over. */
  void pause(Duration duration) throws AgentException {
    try {
      context.pause().wait(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AgentException(RunResult.CANCELLED, "run.cancelled");
    }
  }

  /** This computer's clock. */
  InstantSource clock() {
    return context.clock();
  }

  /** Sends a message about a set; a refusal is a {@link VaultRefusedException}. */
  public byte[] ask(VaultMessageType type, byte[] setId, byte[] payload) throws AgentException {
    return ask(type, setId, payload, (CallDeadline) null);
  }

  /** The same within limits of its own, if any. */
  byte[] ask(VaultMessageType type, byte[] setId, byte[] payload, @Nullable CallDeadline deadline)
      throws AgentException {
    VaultToken token = context.tokens().token();
    VaultReply reply = ask(type, setId, payload, token.text(), deadline);
    // These came sealed: only the vault itself can have its messages sent with the other kind.
    if (isRefusal(reply, VaultRefusal.TOKEN_REFUSED) && token.bound()) {
      reply = ask(type, setId, payload, context.tokens().plain(), deadline);
      if (!isRefusal(reply, VaultRefusal.TOKEN_REFUSED)) {
        context.tokens().plainOnly();
      }
    } else if (isRefusal(reply, VaultRefusal.REAUTHENTICATE) && token.older()) {
      reply = ask(type, setId, payload, context.tokens().plain(), deadline);
      if (isRefusal(reply, VaultRefusal.TOKEN_REFUSED)) {
        throw VaultRefusedException.ofOlderSignIn();
      }
    } else if (isRefusal(reply, VaultRefusal.DEVICE_REFUSED)) {
      // This computer's clock may have been set since it was compared with the realm's.
      context.tokens().compareClocks();
      reply = ask(type, setId, payload, context.tokens().token().text(), deadline);
    }
    return switch (reply) {
      case VaultReply.Done done -> done.payload();
      case VaultReply.Refused refused -> throw refused(refused, token);
    };
  }

  private static VaultRefusedException refused(VaultReply.Refused refused, VaultToken token) {
    return refused.refusal() == VaultRefusal.TOKEN_REFUSED && !token.bound()
        ? VaultRefusedException.ofUnbound(token.whyUnbound())
        : new VaultRefusedException(refused);
  }

  private static boolean isRefusal(VaultReply reply, VaultRefusal refusal) {
    return reply instanceof VaultReply.Refused refused && refused.refusal() == refusal;
  }

  private VaultReply ask(
      VaultMessageType type,
      byte[] setId,
      byte[] payload,
      String token,
      @Nullable CallDeadline deadline)
      throws AgentException {
    VaultReply reply = once(type, setId, payload, token, deadline);
    // To a card that has opened one message the vault has the key: no other one is looked for.
    fetched |= reply instanceof VaultReply.Done;
    boolean unknown = isRefusal(reply, VaultRefusal.UNKNOWN_CARD);
    // Another card under the number of a remembered one does not open what was sealed to that.
    boolean another = !fetched && isRefusal(reply, VaultRefusal.MALFORMED);
    if (unknown || another) {
      Hash256 before = card.signed().cardHash();
      card = cards.fetch();
      fetched = true;
      if (unknown || !card.signed().cardHash().equals(before)) {
        reply = once(type, setId, payload, token, deadline);
      }
    }
    return reply;
  }

  private VaultReply once(
      VaultMessageType type,
      byte[] setId,
      byte[] payload,
      String token,
      @Nullable CallDeadline deadline)
      throws AgentException {
    if (OF_NEW_PASSWORDS.contains(type)) {
      cards.beforePassword(card);
    }
    LedgerHead before = heads.remembered();
    byte[] lastHead = LedgerHeadGuard.toSend(before, card);
    long issuedAt = context.tokens().now().getEpochSecond();
    byte[] signature =
        context
            .device()
            .sign(
                VaultRequest.transcript(
                    type, card.signed(), issuedAt, token, setId, lastHead, payload));
    VaultRequest request =
        new VaultRequest(
            issuedAt, token, setId, context.device().publicKey(), lastHead, payload, signature);
    ClientChannel.SealedRequest sealedRequest =
        new ClientChannel(new P256Group(context.random()), card.channelKey(), context.random())
            .seal(
                VaultEnvelope.channelInfo(type, card.tenant(), card.signed()),
                NO_AAD,
                request.encode());
    VaultEnvelope envelope = new VaultEnvelope(type, card.sequence(), sealedRequest.sealed());
    VaultAnswer answer =
        answer(sealedRequest, context.portal().vaultMessage(envelope.encode(), deadline));
    LedgerHead shown = answer.head();
    if (shown != null) {
      heads.accept(shown, before, card);
    } else if (answer.reply() instanceof VaultReply.Done) {
      throw altered(null);
    }
    return answer.reply();
  }

  /** Opens what came back for a request; of what is in the clear only the short list is taken. */
  static VaultAnswer answer(ClientChannel.SealedRequest sealedRequest, byte[] outer)
      throws AgentException {
    try {
      VaultReply.Outer read = VaultReply.Outer.parse(outer);
      if (read.sealedReply()) {
        return VaultAnswer.parse(sealedRequest.openReply(read.body()));
      }
      VaultReply clear = VaultReply.parse(read.body());
      if (clear instanceof VaultReply.Refused refused
          && MAY_COME_IN_CLEAR.contains(refused.refusal())) {
        return new VaultAnswer(refused, null);
      }
      throw altered(null);
    } catch (MalformedException | CryptoException e) {
      throw altered(e);
    }
  }

  /** Verifies a receipt against what was sent, and keeps it. */
  Receipt receipt(byte[] reply, ExpectedReceipt expected) throws AgentException {
    Receipt receipt;
    try {
      receipt = Receipt.parse(reply);
    } catch (MalformedException e) {
      throw new AgentException(RunResult.REFUSED, e, "vault.receipt-differs");
    }
    return receipt(receipt, expected);
  }

  /** The same for a receipt that came in another reply. */
  Receipt receipt(Receipt receipt, ExpectedReceipt expected) throws AgentException {
    requireGenuine(receipt);
    if (!says(receipt, expected)) {
      throw new AgentException(RunResult.REFUSED, "vault.receipt-differs");
    }
    receipts.add(List.of(receipt));
    return receipt;
  }

  /** Whether a receipt says what is expected. */
  boolean says(Receipt receipt, ExpectedReceipt expected) {
    LedgerEntry.Subject subject = receipt.entry().subject();
    return expected.events().contains(receipt.entry().event())
        && MessageDigest.isEqual(subject.setId(), expected.setId())
        && subject.credId().equals(expected.credId())
        && MessageDigest.isEqual(subject.deviceId(), deviceId())
        && receipt.entry().detail().equals(expected.detail());
  }

  /** Refuses a receipt that is not this vault's, or is about somebody else. */
  void requireGenuine(Receipt receipt) throws AgentException {
    try {
      ReceiptChainCheck.requireGenuine(receipt, card, employee);
    } catch (CryptoException e) {
      throw new AgentException(RunResult.REFUSED, e, "vault.receipt-differs");
    }
  }

  private static AgentException altered(@Nullable Exception cause) {
    return cause == null
        ? new AgentException(RunResult.REFUSED, VaultRefusedException.ALTERED)
        : new AgentException(RunResult.REFUSED, cause, VaultRefusedException.ALTERED);
  }
}
