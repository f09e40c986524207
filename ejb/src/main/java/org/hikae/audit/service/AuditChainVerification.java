package org.hikae.audit.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.audit.entity.AuditChainHead;
import org.hikae.audit.entity.AuditLink;
import org.hikae.audit.entity.AuditPersonal;
import org.hikae.audit.entity.AuditSeal;
import org.hikae.audit.entity.ChainedEvent;
import org.hikae.audit.store.AuditChainStore;
import org.hikae.audit.store.AuditTrailStore;
import org.hikae.audit.value.AuditFilter;
import org.hikae.audit.view.AuditVerdict;
import org.hikae.audit.view.AuditVerdict.Fault;
import org.hikae.audit.view.AuditVerdict.Vault;
import org.hikae.audit.wire.AuditRecord;
import org.jspecify.annotations.Nullable;

/** Walks along the chain in the database, each call in a transaction of its own. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AuditChainVerification {

  /** Most events that one call looks at; the next one goes on. */
  public static final int MAX_CHECKED = 200_000;

  private static final int AT_ONCE = 1000;

  @Inject private AuditTrailStore trailStore;
  @Inject private AuditChainStore chain;
  @Inject private Clock clock;

  /** How far a walk has come. */
  private static final class Walk {
    private long seq;
    private String hash;
    private long namesErased;

    private Walk(long seq, String hash) {
      this.seq = seq;
      this.hash = hash;
    }

    private AuditVerdict wrong(Fault fault, long at) {
      return new AuditVerdict(false, false, seq, fault, at, Vault.NOT_ASKED, namesErased);
    }

    private AuditVerdict fine(boolean complete) {
      return new AuditVerdict(true, complete, seq, null, null, Vault.NOT_ASKED, namesErased);
    }
  }

  /** Checks what comes after a place. */
  public AuditVerdict after(long place) {
    // In this order: whoever chains meanwhile moves the end, never the highest place, behind it.
    long highest = chain.highest();
    AuditChainHead end = chain.head();
    long last = end.seq();
    String lastHash = end.hash();
    Optional<String> before = trailStore.hashAt(place);
    Walk walk = new Walk(place, before.orElse(""));
    if (before.isEmpty()) {
      return walk.wrong(Fault.MISSING, place);
    }
    long upTo = Math.min(last, place + MAX_CHECKED);
    while (walk.seq < upTo) {
      AuditVerdict wrong = page(walk, upTo);
      if (wrong != null) {
        return wrong;
      }
    }
    return walk.seq < last ? walk.fine(false) : atEnd(walk, highest, last, lastHash);
  }

  private @Nullable AuditVerdict page(Walk walk, long upTo) {
    List<ChainedEvent> page = trailStore.chained(AuditFilter.ALL, walk.seq, upTo, AT_ONCE);
    if (page.isEmpty()) {
      boolean rest = chain.highest() > walk.seq;
      return walk.wrong(rest ? Fault.MISSING : Fault.TRUNCATED, walk.seq + 1);
    }
    Map<Long, String> signed = new HashMap<>();
    for (AuditSeal seal : chain.sealsAfter(walk.seq, AT_ONCE)) {
      signed.putIfAbsent(seal.seq(), seal.hash());
    }
    for (ChainedEvent each : page) {
      Fault fault = step(walk, each, signed);
      if (fault != null) {
        return walk.wrong(fault, walk.seq + 1);
      }
    }
    return null;
  }

  private static @Nullable Fault step(Walk walk, ChainedEvent each, Map<Long, String> signed) {
    AuditLink link = each.link();
    if (link == null || link.seq() != walk.seq + 1) {
      return Fault.MISSING;
    }
    AuditRecord event = each.event().chained();
    if (!event.hash(link.seq(), walk.hash).equals(link.hash())) {
      return Fault.CHANGED;
    }
    AuditPersonal personal = each.personal();
    if (personal != null && !personal.hash().equals(event.personalHash())) {
      return Fault.NAMES_CHANGED;
    }
    if (!signed.getOrDefault(link.seq(), link.hash()).equals(link.hash())) {
      return Fault.REPLACED;
    }
    boolean named =
        event.personalHash() != null && !event.personalHash().equals(AuditRecord.NOBODY);
    walk.namesErased += named && personal == null ? 1 : 0;
    walk.seq = link.seq();
    walk.hash = link.hash();
    return null;
  }

  private AuditVerdict atEnd(Walk walk, long highest, long last, String lastHash) {
    if (highest > last) {
      return walk.wrong(Fault.INSERTED, last + 1);
    }
    if (!walk.hash.equals(lastHash)) {
      return walk.wrong(Fault.CHANGED, walk.seq);
    }
    if (!chain.sealsAfter(last, 1).isEmpty() && chain.head().seq() == last) {
      return walk.wrong(Fault.TRUNCATED, last + 1);
    }
    Long lost = chain.lost(clock.instant().minus(AuditChain.LATE));
    return lost == null ? walk.fine(true) : walk.wrong(Fault.UNCHAINED, lost);
  }

  /** What is wrong when the vault says that this hash was at this place; null when nothing is. */
  public @Nullable Fault compare(long seq, String hash) {
    if (seq > chain.head().seq()) {
      return Fault.TRUNCATED;
    }
    return trailStore.hashAt(seq).filter(hash::equals).isPresent() ? null : Fault.REPLACED;
  }

  /** Place of the last event. */
  public long end() {
    return chain.head().seq();
  }
}
