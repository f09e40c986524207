package org.hikae.audit.value;

import java.time.Instant;

/**
 * The place from which a page of the trail goes on.
 *
 * @param at time of the last event seen
 * @param eventId its identifier
 */
public record AuditKeyset(Instant at, long eventId) {}
