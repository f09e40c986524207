package org.hikae.audit.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of the trail as auditors see it.
 *
 * @param seq place in the chain; absent for the seconds until it has one
 * @param at ISO-8601 instant
 * @param actorIssuer realm of the person who acted, or {@code system}
 * @param actorSubject {@code sub} of that person, or the part of the portal
 * @param names what the person was called then, a JSON object as text; absent when erased
 * @param action what was done
 * @param object to what
 * @param employeeId whom it concerns; absent when nobody in particular
 * @param detail further facts, a JSON object as text
 * @param hash hash of the place, hexadecimal
 */
public record AuditRow(
    @Nullable Long seq,
    Instant at,
    String actorIssuer,
    String actorSubject,
    @Nullable String names,
    String action,
    String object,
    @Nullable Long employeeId,
    String detail,
    @Nullable String hash) {}
