package org.hikae.device.vaultclient;

import java.security.SecureRandom;
import java.util.EnumSet;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.state.SeenSeriesHead;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.OwnerOrder;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.Witness;

/**
 * What whoever has K may say to the vault without a password: orders (spec HK1-V-18) and the newest
 * snapshot of this device's series (HK1-V-19). The owner key signs.
 */
public final class OwnerOrders {

  private static final byte[] NO_ARGUMENT = new byte[0];

  private final VaultChannel channel;
  private final BackupKey key;
  private final SecureRandom random;

  /** Speaks with the owner key of {@code key}. */
  public OwnerOrders(VaultChannel channel, BackupKey key, SecureRandom random) {
    this.channel = channel;
    this.key = key;
    this.random = random;
  }

  /**
   * Gives an order. When its reply is lost, Status says whether it was obeyed.
   *
   * @param status an answer of just now: its nonce lets the order serve once
   */
  public Receipt order(OwnerOrder.Order order, StatusDone status) throws AgentException {
    return order(order, NO_ARGUMENT, status, status.record().credId(), Hash256.ZERO);
  }

  /** Gives the set to the owner key of {@code next}; see {@link #order}. */
  public Receipt handOver(BackupKey next, StatusDone status) throws AgentException {
    byte[] heir = next.ownerKey(random).publicKey().encode();
    return order(
        OwnerOrder.Order.HAND_OVER, heir, status, Hash256.ZERO, LedgerEntry.Detail.owner(heir));
  }

  private Receipt order(
      OwnerOrder.Order order, byte[] argument, StatusDone status, Hash256 credId, Hash256 detail)
      throws AgentException {
    SigningKey owner = key.ownerKey(random);
    byte[] setId = key.setId();
    Hash256 nonce = status.orderNonce();
    byte[] signature =
        owner.sign(
            OwnerOrder.transcript(
                order, channel.card().tenant(), channel.employee(), setId, argument, nonce));
    ExpectedReceipt expected = new ExpectedReceipt(EnumSet.of(event(order)), setId, credId, detail);
    byte[] reply;
    try {
      reply =
          channel.ask(
              VaultMessageType.ORDER,
              setId,
              new OwnerOrder(order, argument, nonce, signature).encode());
    } catch (AgentException e) {
      return VaultStatusQuery.happened(channel, setId, expected, e, random);
    }
    Receipt receipt = channel.receipt(reply, expected);
    VaultStatusQuery.catchUp(channel, setId, random);
    return receipt;
  }

  private static VaultEvent event(OwnerOrder.Order order) {
    return switch (order) {
      case FREEZE -> VaultEvent.FROZEN;
      case UNFREEZE -> VaultEvent.UNFROZEN;
      case DELETE -> VaultEvent.DELETE_ANNOUNCED;
      case VETO -> VaultEvent.VETOED;
      case HAND_OVER -> VaultEvent.HANDED_OVER;
    };
  }

  /** Says which snapshot is the newest of this device's series; the same once more is fine. */
  public Receipt witness(SeenSeriesHead head) throws AgentException {
    SigningKey owner = key.ownerKey(random);
    byte[] setId = key.setId();
    byte[] series = channel.deviceId();
    Hash256 snapshot;
    try {
      snapshot = Hash256.parse(head.stubHash());
    } catch (MalformedException e) {
      throw new AgentException(RunResult.LOCAL, "state.damaged");
    }
    byte[] signature =
        owner.sign(
            Witness.transcript(
                channel.card().tenant(),
                channel.employee(),
                setId,
                series,
                head.sequence(),
                snapshot));
    byte[] reply =
        channel.ask(
            VaultMessageType.WITNESS,
            setId,
            new Witness(owner.publicKey().encode(), head.sequence(), snapshot, signature).encode());
    return channel.receipt(
        reply,
        new ExpectedReceipt(
            EnumSet.of(VaultEvent.WITNESSED),
            setId,
            Hash256.ZERO,
            LedgerEntry.Detail.witness(series, head.sequence(), snapshot)));
  }
}
