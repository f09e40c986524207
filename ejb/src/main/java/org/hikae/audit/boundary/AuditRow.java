package org.hikae.audit.boundary;

import org.hikae.audit.entity.AuditEvent;

/**
 * An event of the trail as auditors see it.
 *
 * @param seq place in the trail
 * @param at ISO-8601 instant
 * @param actorIssuer realm of the person who acted, or {@code system}
 * @param actorSubject {@code sub} of that person, or the part of the portal
 * @param action what was done
 * @param object to what
 * @param detail further facts, a JSON object as text
 * @param hash hash of the event, hexadecimal
 */
public record AuditRow(
    long seq,
    String at,
    String actorIssuer,
    String actorSubject,
    String action,
    String object,
    String detail,
    String hash) {

  static AuditRow of(AuditEvent event) {
    return new AuditRow(
        event.seq(),
        event.happenedAt().toString(),
        event.actorIssuer(),
        event.actorSubject(),
        event.action(),
        event.object(),
        event.detail(),
        event.hash());
  }
}
