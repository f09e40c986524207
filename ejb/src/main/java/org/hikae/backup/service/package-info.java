/**
 * Quota, downloads, release of snapshots and erasure of sets, for the use cases of this and other
 * capabilities. Calls no boundary and no job.
 */
@NullMarked
package org.hikae.backup.service;

import org.jspecify.annotations.NullMarked;
