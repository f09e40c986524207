package org.hikae.approval.view;

import java.io.Serializable;
import java.time.Instant;
import org.hikae.approval.value.ApprovalState;
import org.jspecify.annotations.Nullable;

/**
 * A request for approval as administrators see it.
 *
 * @param requestId identifier
 * @param kind what is to be done, such as {@code policy.weaken}
 * @param change exactly what: the JSON text that will be carried out
 * @param changeHash SHA-256 of that text, hexadecimal; who approves sends it back
 * @param subjectEmployeeId whom it concerns, if it is one employee
 * @param requestedBy {@code sub} of who asked
 * @param requestedAt when
 * @param expiresAt until when it can be approved
 * @param state PENDING, APPROVED, REJECTED, WITHDRAWN or EXPIRED
 * @param decidedBy {@code sub} of who decided, if anyone did
 * @param decidedAt when
 */
public record ApprovalView(
    long requestId,
    String kind,
    String change,
    String changeHash,
    @Nullable Long subjectEmployeeId,
    String requestedBy,
    Instant requestedAt,
    Instant expiresAt,
    ApprovalState state,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt)
    implements Serializable {}
