package org.hikae.device.manifest;

import org.hikae.hk1.Hash256;

/**
 * Where a chunk of the manifest itself is.
 *
 * @param pack name of the pack
 * @param ref place in it; its pack number means nothing here
 */
public record ManifestRef(Hash256 pack, ChunkRef ref) {}
