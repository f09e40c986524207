/**
 * Nightly maintenance, scrubbing and moving objects between stores, their steps and their timers;
 * notices of backups that do not come, alarms about changed files of many people, and whether the
 * folder of files or the bucket can be used. Calls no boundary.
 */
@NullMarked
package org.hikae.backup.maintenance.job;

import org.jspecify.annotations.NullMarked;
