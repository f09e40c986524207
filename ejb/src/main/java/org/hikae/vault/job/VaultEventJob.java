package org.hikae.vault.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.hikae.hk1.MalformedException;
import org.hikae.metrics.service.Meters;
import org.hikae.vault.service.VaultCardLog;
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

  private static final System.Logger LOG = System.getLogger(VaultEventJob.class.getName());

  /** Pages of one run; the next run goes on. */
  private static final int MAX_PAGES = 50;

  @Inject private VaultConnection connection;
  @Inject private VaultCardLog cardLog;
  @Inject private VaultStatusCache statusCache;
  @Inject private VaultEventSteps steps;
  @Inject private Meters meters;

  /** For the container. */
  public VaultEventJob() {}

  /** For tests without a container. */
  @SuppressWarnings("UnnecessaryAssignment") // the container does not come here
  VaultEventJob(
      VaultConnection connection,
      VaultCardLog cardLog,
      VaultStatusCache statusCache,
      VaultEventSteps steps,
      Meters meters) {
    this.connection = connection;
    this.cardLog = cardLog;
    this.statusCache = statusCache;
    this.steps = steps;
    this.meters = meters;
  }

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
      SignedCard card = card();
      VaultCard parsed = VaultCard.parse(card.card());
      log(card);
      statusCache.answered(parsed.rootName());
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

  /**
   * The card in use gets into the log also when no device asks for it, since those that know it do
   * not: such as after an upgrade, or when the database was restored.
   */
  private void log(SignedCard card) {
    try {
      cardLog.append(card);
      var _ = statusCache.becomesLogged(true);
    } catch (RuntimeException e) {
      // What happened at the vault is read all the same, and this is tried in seconds again.
      if (statusCache.becomesLogged(false)) {
        LOG.log(System.Logger.Level.WARNING, "The vault's card cannot be entered into the log", e);
      }
    }
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
