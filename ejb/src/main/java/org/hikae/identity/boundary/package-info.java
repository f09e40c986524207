/**
 * Anyone learns where to sign in, staff see the directory and have it read, and administrators
 * decide about too many leavers. Each bean states its roles, and none knows HTTP or pages.
 */
@NullMarked
package org.hikae.identity.boundary;

import org.jspecify.annotations.NullMarked;
