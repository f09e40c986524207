/** The REST paths of objects, snapshots and runs: parse, one call, status. */
@NullMarked
package org.hikae.backup.rest;

import org.jspecify.annotations.NullMarked;
