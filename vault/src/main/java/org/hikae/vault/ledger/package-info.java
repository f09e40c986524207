/**
 * The append-only ledger: its rows and their codes, its witness, its receipts, and that the vault
 * closes itself when it was set back. It knows no transaction and no use case.
 */
@NullMarked
package org.hikae.vault.ledger;

import org.jspecify.annotations.NullMarked;
