/**
 * Stores restic's objects, counts their bytes, and takes a repository back to a moment. Calls no
 * boundary and no job.
 */
@NullMarked
package org.hikae.backup.restic.service;

import org.jspecify.annotations.NullMarked;
