package org.hikae.enrollment.wire;

import org.hikae.hk1.WrapMethod;
import org.hikae.problem.wire.RequirementText;
import org.jspecify.annotations.Nullable;

/**
 * Files a protection of K ({@code PUT /api/v1/device/wraps/{wrapId}}). The same bytes again are
 * success.
 *
 * @param setId the set
 * @param generation generation of K: the set's, or for a protection the one that a rotation
 *     prepares
 * @param method {@code PASSWORD_VAULT}, {@code DIGIT_KEY} or {@code CHAIN}
 * @param blob the wrap, base64url; absent for PASSWORD_VAULT
 */
public record PutWrap(
    String setId,
    long generation,
    @RequirementText("PASSWORD_VAULT, DIGIT_KEY or CHAIN") WrapMethod method,
    @Nullable String blob) {}
