package org.hikae.enrollment.distribution.view;

/**
 * The list of hashes, and what IT has signed it with.
 *
 * @param list {@code SHA256SUMS}, not changed by anybody
 * @param signature of these bytes, empty when no key is set
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ChecksumFiles(byte[] list, byte[] signature) {}
