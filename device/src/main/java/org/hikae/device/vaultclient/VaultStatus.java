package org.hikae.device.vaultclient;

import java.security.MessageDigest;
import java.security.SecureRandom;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.CryptoException;
import org.hikae.device.AgentException;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;

/** Asks the vault about the employee's record; costs no attempt (spec HK1-V-10). */
public final class VaultStatus {

  private VaultStatus() {}

  /** The signed state of the record, verified and fresh. */
  public static VaultPayload.StatusDone ask(VaultChannel channel, byte[] setId, SecureRandom random)
      throws AgentException {
    byte[] nonce = new byte[Hk1.ID_BYTES];
    random.nextBytes(nonce);
    byte[] reply =
        channel.ask(VaultMessageType.STATUS, setId, new VaultPayload.Status(nonce).encode());
    try {
      VaultPayload.StatusDone status = VaultPayload.StatusDone.parse(reply);
      channel.card().identityKey().verify(status.transcript(), status.signature());
      if (!MessageDigest.isEqual(nonce, status.nonce())) {
        throw new AgentException(RunResult.REFUSED, "vault.reply-altered");
      }
      return status;
    } catch (MalformedException | CryptoException e) {
      throw new AgentException(RunResult.REFUSED, e, "vault.reply-altered");
    }
  }
}
