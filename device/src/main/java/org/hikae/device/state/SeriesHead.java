package org.hikae.device.state;

import org.jspecify.annotations.Nullable;

/**
 * The newest snapshot of a series that this device has seen; an older one is a regress to report
 * (spec HK1-S-07).
 *
 * @param sequence position in the series
 * @param stubHash hash of the stub, hexadecimal
 * @param committedAt when the portal said that it was committed; null from agents that did not
 *     write it down
 */
public record SeriesHead(long sequence, String stubHash, @Nullable String committedAt) {}
