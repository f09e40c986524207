/**
 * Employees opt out; staff see leavers and erasures, set and lift legal holds, and erase names;
 * anyone gets the receipt keys. Each bean states its roles, and none knows HTTP or pages.
 */
@NullMarked
package org.hikae.lifecycle.boundary;

import org.jspecify.annotations.NullMarked;
