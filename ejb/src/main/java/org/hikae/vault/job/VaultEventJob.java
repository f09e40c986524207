package org.hikae.vault.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.hikae.hk1.MalformedException;
import org.hikae.metrics.service.Meters;
import org.hikae.vault.service.VaultConnection;
import org.hikae.vault.service.VaultStatusCache;
import org.hikae.vault.service.VaultUnavailableException;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.wire.VaultEventPage;
import org.hikae.vault.wire.VaultFrame;
import org.jspecify.annotations.Nullable;

/**
 * Copies what happened at the vault, so that employees can read it without a device at hand. The
 * vault is asked outside of any transaction; each page is kept in one of its own.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class VaultEventJob {

  /** Pages of one run; the next run goes on. */
  private static final int MAX_PAGES = 50;

  @Inject private VaultConnection connection;
  @Inject private VaultStatusCache statusCache;
  @Inject private VaultEventSteps steps;
  @Inject private Meters meters;

  /**
   * Copies what is new.
   *
   * @param from what the last run returned; null for the first
   * @return where to go on
   * @throws VaultUnavailableException when the vault does not answer
   * @throws MalformedException when its answer cannot be read
   */
  public long copy(@Nullable Long from) throws VaultUnavailableException, MalformedException {
    long cursor = from == null ? steps.newest() : from;
    if (!connection.isConfigured()) {
      return cursor;
    }
    try {
      statusCache.answered(VaultCard.parse(card().card()).rootName());
      return readOn(cursor);
    } catch (VaultUnavailableException | MalformedException e) {
      statusCache.silent();
      throw e;
    }
  }

  private long readOn(long from) throws VaultUnavailableException, MalformedException {
    long cursor = from;
    for (int pages = 0; pages < MAX_PAGES; pages++) {
      VaultEventPage page = after(cursor);
      boolean setBack = page.newest() != 0 && page.newest() < cursor;
      if (setBack) {
        // An older copy of the vault's ledger was accepted; what it wrote since has lower numbers.
        steps.setBack(page.newest(), cursor);
        cursor = 0;
        continue;
      }
      steps.keep(page.receipts()).forEach(meters::countVaultEvent);
      if (page.upTo() <= cursor) {
        return cursor;
      }
      cursor = page.upTo();
    }
    return cursor;
  }

  private SignedCard card() throws VaultUnavailableException, MalformedException {
    return SignedCard.parse(
        connection.exchange(new VaultFrame(VaultFrame.Kind.CARD, new byte[0])).body());
  }

  private VaultEventPage after(long cursor) throws VaultUnavailableException, MalformedException {
    byte[] request = VaultEventPage.request(cursor);
    return VaultEventPage.parse(
        connection.exchange(new VaultFrame(VaultFrame.Kind.EVENTS, request)).body());
  }
}
