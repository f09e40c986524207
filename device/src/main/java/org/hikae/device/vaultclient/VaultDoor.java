package org.hikae.device.vaultclient;

import java.security.SecureRandom;
import java.time.Clock;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.remote.Bearer;
import org.hikae.device.remote.DeviceIdentity;
import org.hikae.device.remote.DevicePortal;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.StateFile;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;

/** Fetches the vault's card, verifies it against pin and memory, and opens the channel. */
public final class VaultDoor {

  private final DevicePortal portal;
  private final Bearer bearer;
  private final DeviceIdentity device;
  private final StateFile stateFile;
  private final Clock clock;
  private final SecureRandom random;

  /** Opens channels for one device. */
  public VaultDoor(
      DevicePortal portal,
      Bearer bearer,
      DeviceIdentity device,
      StateFile stateFile,
      Clock clock,
      SecureRandom random) {
    this.portal = portal;
    this.bearer = bearer;
    this.device = device;
    this.stateFile = stateFile;
    this.clock = clock;
    this.random = random;
  }

  /** Whether a vault root is pinned; without one no password is offered (spec HK1-V-01). */
  public boolean pinned() throws AgentException {
    return stateFile.require().profile().vaultRoot() != null;
  }

  /**
   * A channel to the vault of the pinned root. The card's sequence is remembered before it is used.
   */
  public VaultChannel open() throws AgentException {
    AgentState state = stateFile.require();
    String pin = state.profile().vaultRoot();
    if (pin == null) {
      throw new AgentException(RunResult.REFUSED, "vault.no-pin");
    }
    TrustedCard card = TrustedCard.verify(portal.vaultCard(), parse(pin), state.cardSequence());
    if (card.sequence() > state.cardSequence()) {
      stateFile.update(newest -> newest.withCardSequence(card.sequence()));
    }
    return new VaultChannel(portal, bearer, device, card, clock, random);
  }

  /** Reads a fingerprint as people write it: hexadecimal, with colons or blanks. */
  public static Hash256 parse(String fingerprint) throws AgentException {
    String plain = fingerprint.replace(":", "").replace(" ", "").toLowerCase(java.util.Locale.ROOT);
    try {
      return Hash256.parse(plain);
    } catch (MalformedException e) {
      throw new AgentException(RunResult.REFUSED, "vault.pin-malformed");
    }
  }
}
