package org.hikae.audit.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hikae.audit.entity.ChainedEvent;
import org.hikae.audit.store.AuditTrailStore;
import org.hikae.audit.value.AuditFilter;
import org.hikae.audit.view.AuditCriteria;
import org.hikae.caller.service.CurrentCaller;

/** The database's half of an export: each method is one short transaction. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AuditExportSteps {

  private static final int AT_ONCE = 1000;

  @Inject private AuditTrailStore trailStore;
  @Inject private AuditTrail trail;
  @Inject private CurrentCaller currentCaller;

  /**
   * A part of what is exported.
   *
   * @param events in the order of the chain, each in its form
   * @param upTo place of the last one; 0 when there was none
   */
  public record Part<T>(List<T> events, long upTo) {}

  /**
   * Where what is looked for lies.
   *
   * @param first the lowest place
   * @param last the highest place
   */
  public record ChainRange(long first, long last) {}

  /** Leaves the trace of the export, which so is a part of what it exports. */
  public void record(Map<String, String> detail) {
    trail.record("audit.export", "audit", detail);
  }

  /** First and last place of what is looked for. */
  public Optional<ChainRange> range(AuditCriteria query) {
    return trailStore
        .range(filter(query))
        .map(range -> new ChainRange(range.first(), range.last()));
  }

  /** Whether more than so many events are looked for. */
  public boolean isMoreThan(int events, AuditCriteria query) {
    return trailStore.isMoreThan(events, filter(query));
  }

  /** The lines after a place. */
  public Part<String> lines(AuditCriteria query, long place, long last, AuditExportFormat format) {
    return part(query, place, last, format::event);
  }

  /** The rows of a sheet after a place. */
  public Part<List<Object>> rows(AuditCriteria query, long place, long last) {
    return part(query, place, last, AuditSpreadsheetColumns::cells);
  }

  private AuditFilter filter(AuditCriteria query) {
    return query.filter(currentCaller.caller().scope());
  }

  private <T> Part<T> part(
      AuditCriteria query, long place, long last, Function<ChainedEvent, T> form) {
    List<T> events = new ArrayList<>();
    long upTo = 0;
    for (ChainedEvent event : trailStore.chained(filter(query), place, last, AT_ONCE)) {
      events.add(form.apply(event));
      upTo = event.link() == null ? 0 : event.link().seq();
    }
    return new Part<>(events, upTo);
  }
}
