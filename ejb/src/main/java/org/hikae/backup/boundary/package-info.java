/**
 * Devices send and read objects, commit and release snapshots and report runs; employees and staff
 * see what is stored. Each bean states its roles, and none knows HTTP or pages.
 */
@NullMarked
package org.hikae.backup.boundary;

import org.jspecify.annotations.NullMarked;
