package org.hikae.backup.second.store;

import org.hikae.backup.ciphertext.store.ObjectKey;

/**
 * An object that is to be looked at in the second store.
 *
 * @param dueId number of its row
 * @param key which object
 * @param urgent whether the target time counts for it
 * @param erases whether the bytes of its copy go at once when the object is gone
 * @param attempts how often it has failed
 */
public record DueCopy(long dueId, ObjectKey key, boolean urgent, boolean erases, int attempts) {}
