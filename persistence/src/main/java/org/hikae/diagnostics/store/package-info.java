/** Reads, writes and removes diagnostics; every look-up names the owner. Knows no use case. */
@NullMarked
package org.hikae.diagnostics.store;

import org.jspecify.annotations.NullMarked;
