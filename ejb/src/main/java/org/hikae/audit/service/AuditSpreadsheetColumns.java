package org.hikae.audit.service;

import java.util.List;
import org.hikae.audit.entity.AuditLink;
import org.hikae.audit.entity.AuditPersonal;
import org.hikae.audit.entity.ChainedEvent;
import org.hikae.audit.wire.AuditRecord;

/** How events stand in a sheet; not made to be checked. */
public final class AuditSpreadsheetColumns {

  /** Names of the columns. */
  public static final List<String> COLUMNS =
      List.of(
          "seq",
          "at",
          "actor_issuer",
          "actor_subject",
          "names",
          "action",
          "object",
          "employee_id",
          "detail",
          "hash");

  private AuditSpreadsheetColumns() {}

  /** The cells of an event: numbers and texts, empty text for nothing. */
  public static List<Object> cells(ChainedEvent chained) {
    AuditRecord event = chained.event().chained();
    AuditLink link = chained.link();
    AuditPersonal personal = chained.personal();
    return List.of(
        link == null ? "" : link.seq(),
        event.at().toString(),
        event.actorIssuer(),
        event.actorSubject(),
        personal == null ? "" : personal.content(),
        event.action(),
        event.object(),
        event.employeeId() == null ? "" : event.employeeId(),
        event.detail(),
        link == null ? "" : link.hash());
  }
}
