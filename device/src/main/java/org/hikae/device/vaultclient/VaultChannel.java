package org.hikae.device.vaultclient;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.channel.ClientChannel;
import org.hikae.crypto.group.P256Group;
import org.hikae.device.AgentException;
import org.hikae.device.remote.Bearer;
import org.hikae.device.remote.DeviceIdentity;
import org.hikae.device.remote.DevicePortal;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.VaultEnvelope;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultRequest;

/**
 * Sends one message to the vault and opens its reply (spec HK1-V-02 to HK1-V-04). The portal
 * carries sealed bytes; it cannot read, change or answer them, only lose them. What it may say in
 * the clear is a short list of refusals, and anything else in the clear is refused.
 */
public final class VaultChannel {

  private static final Set<VaultRefusal> MAY_COME_IN_CLEAR =
      Set.of(VaultRefusal.MALFORMED, VaultRefusal.UNKNOWN_CARD, VaultRefusal.UNAVAILABLE);

  private static final byte[] NO_AAD = new byte[0];

  private final DevicePortal portal;
  private final Bearer bearer;
  private final DeviceIdentity device;
  private final TrustedCard card;
  private final Clock clock;
  private final SecureRandom random;

  /** Speaks to the vault of {@code card}. */
  public VaultChannel(
      DevicePortal portal,
      Bearer bearer,
      DeviceIdentity device,
      TrustedCard card,
      Clock clock,
      SecureRandom random) {
    this.portal = portal;
    this.bearer = bearer;
    this.device = device;
    this.card = card;
    this.clock = clock;
    this.random = random;
  }

  /** The card this channel is sealed to. */
  public TrustedCard card() {
    return card;
  }

  /** Sends a message about a set; a refusal is a {@link VaultRefused}. */
  public byte[] ask(VaultMessageType type, byte[] setId, byte[] payload) throws AgentException {
    String token = bearer.token();
    long issuedAt = clock.instant().getEpochSecond();
    byte[] signature =
        device.sign(VaultRequest.transcript(type, card.signed(), issuedAt, token, setId, payload));
    VaultRequest request =
        new VaultRequest(issuedAt, token, setId, device.publicKey(), payload, signature);
    ClientChannel.Sent sent =
        new ClientChannel(new P256Group(random), card.channelKey(), random)
            .seal(
                VaultEnvelope.channelInfo(type, card.tenant(), card.signed()),
                NO_AAD,
                request.encode());
    VaultEnvelope envelope = new VaultEnvelope(type, card.sequence(), sent.sealed());
    byte[] outer = portal.vaultMessage(envelope.encode());
    return switch (reply(sent, outer)) {
      case VaultReply.Done done -> done.payload();
      case VaultReply.Refused refused -> throw new VaultRefused(refused);
    };
  }

  private static VaultReply reply(ClientChannel.Sent sent, byte[] outer) throws AgentException {
    try {
      VaultReply.Outer read = VaultReply.Outer.parse(outer);
      if (read.sealedReply()) {
        return VaultReply.parse(sent.openReply(read.body()));
      }
      VaultReply clear = VaultReply.parse(read.body());
      if (clear instanceof VaultReply.Refused refused
          && MAY_COME_IN_CLEAR.contains(refused.refusal())) {
        return refused;
      }
      throw new AgentException(RunResult.REFUSED, "vault.reply-altered");
    } catch (MalformedException | CryptoException e) {
      throw new AgentException(RunResult.REFUSED, e, "vault.reply-altered");
    }
  }
}
