package org.hikae.audit.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.audit.entity.AuditLink;
import org.hikae.audit.entity.ChainedEvent;
import org.hikae.audit.service.AuditChainVerification;
import org.hikae.audit.service.TrailWitness;
import org.hikae.audit.store.AuditTrailStore;
import org.hikae.audit.value.AuditFilter;
import org.hikae.audit.view.AuditCriteria;
import org.hikae.audit.view.AuditPage;
import org.hikae.audit.view.AuditRow;
import org.hikae.audit.view.AuditVerdict;
import org.hikae.audit.view.AuditVerdict.Fault;
import org.hikae.audit.view.AuditVerdict.Vault;
import org.hikae.audit.wire.AuditRecord;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.PageRequest;
import org.hikae.vault.wire.AuditHead;
import org.hikae.vault.wire.AuditHeadAnswer;
import org.jspecify.annotations.Nullable;

/** Reading the trail and checking that nothing in it was changed, removed or inserted. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.SCOPED)
public class AuditQueries {

  /** Most events on a page. */
  public static final int MAX_PAGE = 500;

  @Inject private AuditTrailStore trailStore;
  @Inject private AuditChainVerification chainVerification;
  @Inject private TrailWitness witness;
  @Inject private CurrentCaller currentCaller;

  /**
   * A page of events, newest first.
   *
   * @param cursor what the page before gave as {@code next}; null for the newest
   * @param asked how many, at most {@link #MAX_PAGE}
   */
  public AuditPage page(AuditCriteria query, @Nullable String cursor, PageRequest asked) {
    int limit = asked.within(MAX_PAGE);
    AuditFilter filter = query.filter(currentCaller.caller().scope());
    List<ChainedEvent> events = trailStore.newest(filter, AuditCriteria.place(cursor), limit + 1);
    boolean last = events.size() <= limit;
    List<ChainedEvent> page = last ? events : events.subList(0, limit);
    return new AuditPage(
        page.stream().map(AuditQueries::row).toList(), last ? null : next(page.getLast()));
  }

  private static AuditRow row(ChainedEvent chained) {
    AuditRecord event = chained.event().chained();
    AuditLink link = chained.link();
    return new AuditRow(
        link == null ? null : link.seq(),
        event.at(),
        event.actorIssuer(),
        event.actorSubject(),
        chained.personal() == null ? null : chained.personal().content(),
        event.action(),
        event.object(),
        event.employeeId(),
        event.detail(),
        link == null ? null : link.hash());
  }

  private static String next(ChainedEvent last) {
    return AuditCriteria.cursor(last.event().happenedAt(), last.event().eventId());
  }

  /**
   * Checks the trail after a place, at most {@link AuditChainVerification#MAX_CHECKED} events; at
   * the end it is compared with what the vault has signed.
   *
   * @param place 0 for the beginning, or {@code events} of an earlier verdict
   */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  @ScopeAccess(ScopeRule.COMPANY)
  public AuditVerdict verify(long place) {
    AuditVerdict verdict = chainVerification.after(place);
    return verdict.intact() && verdict.complete() ? compared(verdict) : verdict;
  }

  private AuditVerdict compared(AuditVerdict verdict) {
    if (!witness.isThere()) {
      return with(verdict, Vault.NONE, null, null);
    }
    AuditHeadAnswer newest = witness.tell(AuditHead.NEWEST);
    return switch (newest.outcome()) {
      case NONE -> with(verdict, Vault.NOTHING, null, null);
      case DONE ->
          switch (chainVerification.compare(newest.seq(), newest.hash().hex())) {
            case null -> with(verdict, Vault.AGREES, null, null);
            case Fault fault -> with(verdict, Vault.DISAGREES, fault, firstWrong(fault, newest));
          };
      case SET_BACK, LIMIT, NOT_NOW -> with(verdict, Vault.SILENT, null, null);
    };
  }

  private long firstWrong(Fault fault, AuditHeadAnswer newest) {
    return fault == Fault.TRUNCATED ? chainVerification.end() + 1 : newest.seq();
  }

  private static AuditVerdict with(
      AuditVerdict verdict, Vault vault, @Nullable Fault fault, @Nullable Long firstWrong) {
    return new AuditVerdict(
        fault == null,
        verdict.complete(),
        verdict.events(),
        fault,
        firstWrong,
        vault,
        verdict.namesErased());
  }
}
