package org.hikae.audit.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.hikae.audit.entity.AuditChainHead;
import org.hikae.audit.entity.AuditSeal;
import org.hikae.audit.store.AuditChainStore;
import org.hikae.audit.view.AuditChainEnd;
import org.hikae.hk1.Hash256;
import org.hikae.vault.wire.AuditHeadAnswer;

/** The chain's writing half: each method is one short transaction. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AuditChain {

  /** Events without a place for longer than this raise the alarm. */
  public static final Duration LATE = Duration.ofSeconds(60);

  /** How long after the last seal the next one is due, when there are new events. */
  private static final Duration SEAL_PERIOD = Duration.ofHours(1);

  @Inject private AuditChainStore chain;
  @Inject private Clock clock;

  /** Gives waiting events their places; returns whether some may be left. */
  public boolean link() {
    return chain.link(clock.instant()) == AuditChainStore.MAX_LINKED;
  }

  /** Where the chain ends now. */
  public AuditChainEnd end() {
    AuditChainHead head = chain.head();
    return new AuditChainEnd(head.seq(), head.hash());
  }

  /** Whether events wait for their places for longer than {@link #LATE}. */
  public boolean isLate() {
    Instant latest = clock.instant().minus(LATE);
    return chain.waitingSince().filter(since -> since.isBefore(latest)).isPresent();
  }

  /** Whether the end should be signed: it moved on, and the last seal is an hour old. */
  public boolean isSealDue() {
    Instant latest = clock.instant().minus(SEAL_PERIOD);
    long end = chain.head().seq();
    return end > 0
        && chain
            .newestSeal()
            .filter(seal -> seal.seq() == end || seal.sealedAt().isAfter(latest))
            .isEmpty();
  }

  /** Keeps what the vault has signed. */
  public void keep(AuditHeadAnswer answer, Hash256 export) {
    answer
        .signed()
        .ifPresent(
            receipt ->
                chain.keep(
                    new AuditSeal(
                        answer.seq(),
                        answer.hash().hex(),
                        export.hex(),
                        clock.instant(),
                        receipt.encode())));
  }
}
