package org.hikae.audit.service;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.TreeMap;
import org.hikae.audit.control.AuditExportHeader;
import org.hikae.audit.entity.AuditLink;
import org.hikae.audit.entity.AuditPersonal;
import org.hikae.audit.entity.ChainedEvent;
import org.hikae.audit.wire.AuditRecord;

/** One JSON object a line (spec HK1-A-05): whole enough to be checked without the portal. */
public final class AuditJsonFormat implements AuditExportFormat {

  @Override
  public String begin(AuditExportHeader head) {
    JsonObjectBuilder filter = Json.createObjectBuilder();
    new TreeMap<>(head.filter()).forEach(filter::add);
    return Json.createObjectBuilder()
        .add("hikaeAudit", 1)
        .add("portal", head.portal())
        .add("at", head.at().toString())
        .add("filter", filter)
        .add("endSeq", head.seq())
        .add("endHash", head.hash())
        .add("card", head.card())
        .build()
        .toString();
  }

  @Override
  public String event(ChainedEvent chained) {
    AuditRecord event = chained.event().chained();
    AuditLink link = chained.link();
    AuditPersonal personal = chained.personal();
    JsonObjectBuilder json = Json.createObjectBuilder();
    if (link != null) {
      json.add("seq", link.seq());
    }
    json.add("at", event.at().toString())
        .add("actorIssuer", event.actorIssuer())
        .add("actorSubject", event.actorSubject())
        .add("action", event.action())
        .add("object", event.object())
        .add("detail", event.detail());
    if (event.employeeId() != null) {
      json.add("employeeId", event.employeeId());
    }
    if (event.personalHash() != null) {
      json.add("personalHash", event.personalHash());
    }
    if (personal != null) {
      json.add("salt", personal.salt()).add("names", personal.content());
    }
    json.add("previous", chained.previous() == null ? AuditRecord.BEGINNING : chained.previous());
    if (link != null) {
      json.add("hash", link.hash());
    }
    return json.build().toString();
  }

  @Override
  public String end(long events, String sha256, String receipt) {
    return Json.createObjectBuilder()
        .add("events", events)
        .add("sha256", sha256)
        .add("receipt", receipt)
        .build()
        .toString();
  }
}
