/** Reads, writes and removes recovery proofs; every look-up names the owner. Knows no use case. */
@NullMarked
package org.hikae.drill.store;

import org.jspecify.annotations.NullMarked;
