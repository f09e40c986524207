/** Reads and writes the vault's receipts, and which devices it answers. Knows no use case. */
@NullMarked
package org.hikae.vault.store;

import org.jspecify.annotations.NullMarked;
