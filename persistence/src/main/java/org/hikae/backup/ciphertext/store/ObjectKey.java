package org.hikae.backup.ciphertext.store;

import org.hikae.hk1.Hash256;

/**
 * Where one object lies: two repositories never share bytes, so that neither can learn from the
 * other what it holds, and each can be erased by itself.
 *
 * @param repositoryId the repository
 * @param name SHA-256 of the bytes
 */
public record ObjectKey(long repositoryId, Hash256 name) {}
