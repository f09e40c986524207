package org.hikae.admin.bundle;

/**
 * An employee's current set as the database has it.
 *
 * @param setId the set, hexadecimal
 * @param generation generation of K
 * @param repositoryId where its objects are; 0 before the first one was stored
 */
record StoredSet(String setId, long generation, long repositoryId) {}
