/**
 * From a snapshot back to files, and lists of what is in one. Everything that comes from the store
 * or from a manifest is checked before it is written: seals, chunk identifiers, names, order. What
 * is damaged is reported and left out; the rest is restored. Nothing is ever written outside the
 * target.
 */
@NullMarked
package org.hikae.device.restore;

import org.jspecify.annotations.NullMarked;
