/**
 * What a device does with a repository: sends and reads objects, commits and lists snapshots,
 * reports runs. Every call passes the device gate; sending needs an active set, reading does not,
 * so that who has withdrawn can still restore.
 */
@NullMarked
package org.hikae.backup.boundary;

import org.jspecify.annotations.NullMarked;
