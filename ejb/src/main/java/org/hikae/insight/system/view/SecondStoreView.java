package org.hikae.insight.system.view;

import org.jspecify.annotations.Nullable;

/**
 * How the second store stands.
 *
 * @param copies objects that have a copy, as was counted minutes ago
 * @param objects of so many
 * @param lagSeconds for how long the object waits that waits longest for its copy
 * @param due objects that are to be looked at there
 * @param failing those of them that have failed before
 * @param fault what is wrong with it, in one word; null when it can be used
 */
public record SecondStoreView(
    long copies, long objects, long lagSeconds, long due, long failing, @Nullable String fault) {}
