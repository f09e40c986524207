package org.hikae.backup.value;

import org.hikae.hk1.Hash256;

/**
 * What lies under a key, whatever its name says.
 *
 * @param sizeBytes how many bytes could be read
 * @param hash SHA-256 of them
 */
public record StoredDigest(long sizeBytes, Hash256 hash) {}
