package org.hikae.device.snapshot;

import org.hikae.hk1.Hash256;

/**
 * The newest snapshot of a series that this device knows of (spec HK1-S-07).
 *
 * @param sequence position in the series, from 1
 * @param stubHash hash of its stub
 */
public record SeriesPosition(long sequence, Hash256 stubHash) {}
