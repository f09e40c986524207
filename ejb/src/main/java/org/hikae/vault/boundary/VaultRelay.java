package org.hikae.vault.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.vault.service.VaultCardLog;
import org.hikae.vault.service.VaultConnection;
import org.hikae.vault.service.VaultMessageAudit;
import org.hikae.vault.service.VaultUnavailableException;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultEnvelope;
import org.hikae.vault.wire.VaultFrame;
import org.hikae.vault.wire.VaultReply;
import org.jspecify.annotations.Nullable;

/**
 * Carries sealed messages between a device and the vault. Reads the outer envelope only: the type,
 * so that attempts leave a trace, and the length. No transaction and no database connection is open
 * while the vault works; the trace is written before, because a reply must never be lost to a
 * failing trail.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class VaultRelay {

  private static final System.Logger LOG = System.getLogger(VaultRelay.class.getName());

  private static final int RETRY_SECONDS = 30;

  @Inject private DeviceAuthenticator authenticator;
  @Inject private VaultMessageAudit messageAudit;
  @Inject private VaultConnection connection;
  @Inject private VaultCardLog cardLog;

  /**
   * Relays a {@link VaultEnvelope} and returns the vault's {@link VaultReply.Outer}, both as bytes.
   */
  public byte[] message(@Nullable String session, byte[] envelope) {
    DeviceCaller caller = authenticator.admit(session);
    messageAudit.relaying(caller, parse(envelope).type());
    boolean answered = false;
    try {
      byte[] reply = exchange(new VaultFrame(VaultFrame.Kind.MESSAGE, envelope));
      // A reply in the clear says that the vault could not work on the message.
      answered = VaultReply.Outer.parse(reply).sealedReply();
      return reply;
    } catch (MalformedException e) {
      throw unavailable("the reply is malformed");
    } finally {
      note(caller, answered);
    }
  }

  /** A reply must not be lost to what is only counted. */
  private void note(DeviceCaller caller, boolean answered) {
    try {
      messageAudit.relayed(caller, answered);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "A contact with the vault was not noted", e);
    }
  }

  /** The vault's signed card. Devices verify it; the portal's word is worth nothing. */
  public byte[] card(@Nullable String session) {
    var _ = authenticator.admit(session);
    byte[] card = exchange(new VaultFrame(VaultFrame.Kind.CARD, new byte[0]));
    try {
      SignedCard parsed = SignedCard.parse(card);
      // First into the log: so no device is given a card that others cannot find there.
      cardLog.append(parsed);
      return parsed.encode();
    } catch (MalformedException e) {
      throw unavailable("the card is malformed");
    }
  }

  private static VaultEnvelope parse(byte[] envelope) {
    if (envelope.length > Hk1Constants.MAX_VAULT_MESSAGE_BYTES) {
      throw Refusal.tooLarge(Hk1Constants.MAX_VAULT_MESSAGE_BYTES);
    }
    try {
      return VaultEnvelope.parse(envelope);
    } catch (MalformedException e) {
      throw Refusal.malformed(e);
    }
  }

  private byte[] exchange(VaultFrame frame) {
    try {
      return connection.exchange(frame).body();
    } catch (VaultUnavailableException e) {
      throw unavailable(String.valueOf(e.getMessage()));
    }
  }

  private static Refusal unavailable(String why) {
    LOG.log(System.Logger.Level.WARNING, "The vault is not available: {0}", why);
    return Refusal.retryAfter(ProblemCode.VAULT_UNAVAILABLE, RETRY_SECONDS);
  }
}
