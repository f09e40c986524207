/** The ledger's second place: a file that only grows, best on a disk of other people. */
@NullMarked
package org.hikae.vault.witness;

import org.jspecify.annotations.NullMarked;
