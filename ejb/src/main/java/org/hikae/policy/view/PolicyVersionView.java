package org.hikae.policy.view;

import java.io.Serializable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version of a scope's policy.
 *
 * @param version number, from 1
 * @param rank of a group
 * @param values what it sets
 * @param madeAt when
 * @param madeBy {@code sub} of who wanted it
 * @param approvedBy {@code sub} of the second administrator, where one was needed
 */
public record PolicyVersionView(
    long version,
    @Nullable Integer rank,
    Map<String, Object> values,
    Instant madeAt,
    String madeBy,
    @Nullable String approvedBy)
    implements Serializable {}
