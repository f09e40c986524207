package org.hikae.audit.control;

import java.util.List;
import java.util.stream.Collectors;
import org.hikae.audit.entity.AuditLink;
import org.hikae.audit.entity.AuditPersonal;
import org.hikae.audit.entity.ChainedEvent;
import org.hikae.audit.wire.AuditRecord;
import org.hikae.runtime.control.SheetCell;

/**
 * Comma-separated values (RFC 4180) for a spreadsheet; not made to be checked. A value that a
 * spreadsheet would take for a formula gets an apostrophe in front.
 */
public final class Csv implements TrailFormat {

  @Override
  public String begin(ExportHead head) {
    return "seq,at,actor_issuer,actor_subject,names,action,object,employee_id,detail,hash";
  }

  @Override
  public String event(ChainedEvent chained) {
    AuditRecord event = chained.event().chained();
    AuditLink link = chained.link();
    AuditPersonal personal = chained.personal();
    return List.of(
            link == null ? "" : Long.toString(link.seq()),
            event.at().toString(),
            event.actorIssuer(),
            event.actorSubject(),
            personal == null ? "" : personal.content(),
            event.action(),
            event.object(),
            event.employeeId() == null ? "" : Long.toString(event.employeeId()),
            event.detail(),
            link == null ? "" : link.hash())
        .stream()
        .map(Csv::field)
        .collect(Collectors.joining(","));
  }

  @Override
  public String end(long events, String sha256, String receipt) {
    return "";
  }

  static String field(String value) {
    return SheetCell.of(value);
  }
}
