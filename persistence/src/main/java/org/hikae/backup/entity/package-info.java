/**
 * Repositories, objects, series, snapshots, runs and restic's rows as JPA entities; nothing in them
 * opens a backup. Knows no store.
 */
@NullMarked
package org.hikae.backup.entity;

import org.jspecify.annotations.NullMarked;
