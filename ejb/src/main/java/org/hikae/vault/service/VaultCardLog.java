package org.hikae.vault.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.hikae.transparency.service.TransparencyLog;
import org.hikae.transparency.wire.LogEntry;
import org.hikae.vault.wire.SignedCard;

/** Enters cards of the vault into the transparency log, before anybody is given one. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class VaultCardLog {

  @Inject private TransparencyLog log;

  /** Sees to it that the log has this card, in a transaction of its own. */
  public void append(SignedCard card) {
    var _ = log.append(LogEntry.ofCard(card));
  }
}
