/**
 * Repositories, objects, snapshots and runs as rows. Nothing here is secret and nothing here opens
 * anything: names are hashes of ciphertext, figures are what a device reports. Every query for
 * something an employee asks for takes the employee, so that what belongs to someone else is not
 * found at all.
 */
@NullMarked
package org.hikae.backup.entity;

import org.jspecify.annotations.NullMarked;
