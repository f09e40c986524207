package org.hikae.enrollment.wire;

import java.time.Instant;
import org.hikae.openapi.wire.RequiredField;
import org.jspecify.annotations.Nullable;

/**
 * Where the employee stands ({@code GET /api/v1/enrollment}).
 *
 * @param issuer the Keycloak realm
 * @param subject {@code sub} of the employee
 * @param displayName name shown to the employee
 * @param offered whether the rollout has reached them
 * @param state {@code NOT_OPTED_IN}, {@code PENDING}, {@code OPTED_IN} or {@code WITHDRAWN}
 * @param consentText the current text in the language asked for
 * @param set the active or pending set, if any
 * @param legalHoldSince since when the backup is on legal hold (ISO-8601); absent when it is not,
 *     or when the employee is not told
 * @param reconsent present when the employee takes part and has to agree to {@code consentText},
 *     because they agreed to an earlier version only
 */
public record EnrollmentView(
    String issuer,
    String subject,
    String displayName,
    boolean offered,
    @RequiredField @Nullable OptInState state,
    ConsentText consentText,
    @Nullable SetView set,
    @Nullable Instant legalHoldSince,
    @Nullable Reconsent reconsent) {}
