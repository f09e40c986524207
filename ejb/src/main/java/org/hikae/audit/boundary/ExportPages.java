package org.hikae.audit.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.audit.control.TrailFormat;
import org.hikae.audit.entity.AuditTrailRows;
import org.hikae.audit.entity.ChainedEvent;

/** The database's half of an export: each method is one short transaction. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ExportPages {

  private static final int AT_ONCE = 1000;

  @Inject private AuditTrailRows rows;
  @Inject private AuditTrail trail;

  /**
   * Lines of a page.
   *
   * @param lines in the order of the chain
   * @param upTo place of the last one; 0 when there was none
   */
  public record Lines(List<String> lines, long upTo) {}

  /**
   * Where what is looked for lies.
   *
   * @param first the lowest place
   * @param last the highest place
   */
  public record Places(long first, long last) {}

  /** Leaves the trace of the export, which so is a part of what it exports. */
  public void record(Map<String, String> detail) {
    trail.record("audit.export", "audit", detail);
  }

  /** First and last place of what is looked for. */
  public Optional<Places> range(AuditQuery query) {
    return rows.range(query.filter()).map(range -> new Places(range.first(), range.last()));
  }

  /** The lines after a place. */
  public Lines after(AuditQuery query, long place, long last, TrailFormat format) {
    List<String> lines = new ArrayList<>();
    long upTo = 0;
    for (ChainedEvent event : rows.chained(query.filter(), place, last, AT_ONCE)) {
      lines.add(format.event(event));
      upTo = event.link() == null ? 0 : event.link().seq();
    }
    return new Lines(lines, upTo);
  }
}
