/**
 * Reads and writes devices, consents, sets and wraps; every look-up names the owner. Knows no use
 * case.
 */
@NullMarked
package org.hikae.enrollment.store;

import org.jspecify.annotations.NullMarked;
