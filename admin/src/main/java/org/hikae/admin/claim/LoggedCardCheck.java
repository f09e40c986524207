package org.hikae.admin.claim;

import java.io.IOException;
import java.util.List;
import org.hikae.admin.dossier.ClaimCheck;
import org.hikae.admin.dossier.ClaimFact;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.DossierClaim;
import org.hikae.transparency.log.wire.TransparencyLogFault;
import org.hikae.transparency.wire.LogEntry;

/** The card that the vault gives now stands in the transparency log. */
public final class LoggedCardCheck implements ClaimCheck {

  private final VaultCardReader cards;
  private final PortalLogReader logs;

  /** Compares the two. */
  public LoggedCardCheck(VaultCardReader cards, PortalLogReader logs) {
    this.cards = cards;
    this.logs = logs;
  }

  @Override
  public DossierClaim claim() {
    return DossierClaim.LOG_CARD;
  }

  @Override
  public ClaimResult execute() throws IOException {
    if (!cards.isSetUp()) {
      return ClaimResult.notRun(claim(), ClaimFactKind.NO_VAULT);
    }
    VaultCardReader.ReadCard read = cards.read();
    PortalLogReader.ReadLog log = logs.read();
    TransparencyLogFault fault = log.result().fault();
    if (fault != null) {
      // Whose entries are not those that were signed says nothing about a card.
      return ClaimResult.notRun(claim(), ClaimFactKind.LOG_FAULT, fault);
    }
    long number = read.card().sequence();
    return log.leaves().contains(LogEntry.ofCard(read.signed()).leaf())
        ? ClaimResult.of(
            claim(), List.of(), List.of(ClaimFact.of(ClaimFactKind.CARD_LOGGED, number)))
        : ClaimResult.of(
            claim(), List.of(ClaimFact.of(ClaimFactKind.CARD_NOT_LOGGED, number)), List.of());
  }
}
