package org.hikae.enrollment.distribution.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.hikae.transparency.service.TransparencyLog;
import org.hikae.transparency.wire.LogEntry;

/** Enters keys and lists of updates into the transparency log, before anybody is given one. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class UpdateLog {

  @Inject private TransparencyLog log;

  /** Sees to it that the log has this text, in a transaction of its own. */
  public void append(String text) {
    var _ = log.append(LogEntry.ofUpdate(text));
  }
}
