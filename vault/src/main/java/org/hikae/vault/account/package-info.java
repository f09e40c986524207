/**
 * Everything the vault knows about one employee, as one value: counts, sets with their owners,
 * records, recent attempts, known devices, what was announced. Pure: no store, no clock, no key. It
 * is written and read as one run of bytes, whose hash stands in the ledger, so that no part of it
 * can be set back alone.
 */
@NullMarked
package org.hikae.vault.account;

import org.jspecify.annotations.NullMarked;
