/**
 * Reads stored snapshots back and opens everything, without writing any of it: what a person, or a
 * timer, runs to know that a restore would work. All damage is found in one run and told by pack
 * and snapshot.
 */
@NullMarked
package org.hikae.device.verify;

import org.jspecify.annotations.NullMarked;
