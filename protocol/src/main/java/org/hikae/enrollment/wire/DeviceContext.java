package org.hikae.enrollment.wire;

import java.time.Instant;
import org.hikae.openapi.wire.RequiredField;
import org.jspecify.annotations.Nullable;

/**
 * What a device needs to know to work ({@code GET /api/v1/device}).
 *
 * @param device this device
 * @param displayName name of the employee
 * @param state as in {@link EnrollmentView}
 * @param set the set, if any, with all wraps
 * @param maxObjectBytes largest object the portal takes
 * @param legalHoldSince as in {@link EnrollmentView}
 * @param reconsent as in {@link EnrollmentView}
 * @param changesAgreed version of the text by which the employee agreed that devices tell how
 *     backups differ (spec HK1-L-07); absent when they did not
 */
public record DeviceContext(
    DeviceView device,
    String displayName,
    @RequiredField @Nullable OptInState state,
    @Nullable SetView set,
    long maxObjectBytes,
    @Nullable Instant legalHoldSince,
    @Nullable Reconsent reconsent,
    @Nullable Integer changesAgreed) {}
