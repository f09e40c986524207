package org.hikae.policy.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scope and its versions.
 *
 * @param scope its name
 * @param version number of the version that stands; 0 when there is none
 * @param rank of a group
 * @param versions newest first
 * @param next value of {@code before} for earlier ones; absent when these are all
 */
public record PolicyScopeView(
    String scope,
    long version,
    @Nullable Integer rank,
    List<PolicyVersionView> versions,
    @Nullable Long next) {}
