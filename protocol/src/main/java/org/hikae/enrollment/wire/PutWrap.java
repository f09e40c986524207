package org.hikae.enrollment.wire;

import org.jspecify.annotations.Nullable;

/**
 * Files a protection of K ({@code PUT /api/v1/device/wraps/{wrapId}}). The same bytes again are
 * success.
 *
 * @param setId the set
 * @param generation generation of K
 * @param method {@code PASSWORD_VAULT} or {@code DIGIT_KEY}
 * @param blob the wrap for DIGIT_KEY, base64url; absent for PASSWORD_VAULT
 */
public record PutWrap(String setId, long generation, String method, @Nullable String blob) {}
