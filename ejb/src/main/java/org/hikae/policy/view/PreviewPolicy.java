package org.hikae.policy.view;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version that somebody thinks of.
 *
 * @param scope for whom
 * @param rank of a group; absent for others
 * @param values what it would set
 */
public record PreviewPolicy(
    String scope, @Nullable Integer rank, Map<String, @Nullable Object> values) {}
