package org.hikae.device.state;

/**
 * The newest snapshot of a series that this device has seen; an older one is a regress to report
 * (spec HK1-S-07).
 *
 * @param sequence position in the series
 * @param stubHash hash of the stub, hexadecimal
 */
public record SeriesHead(long sequence, String stubHash) {}
