/**
 * Objects, snapshots and runs over HTTP against the EAR that ships, on both databases, by devices
 * of two employees. Each test has people of its own.
 */
@NullMarked
package org.hikae.it.backup;

import org.jspecify.annotations.NullMarked;
