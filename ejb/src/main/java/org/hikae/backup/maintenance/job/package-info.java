/**
 * Nightly maintenance, scrubbing and moving objects between stores, their steps and timers; notices
 * of backups that do not come, alarms about files of many people, and whether the store can be
 * used. Calls no boundary.
 */
@NullMarked
package org.hikae.backup.maintenance.job;

import org.jspecify.annotations.NullMarked;
