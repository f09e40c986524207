/**
 * One employee changed in one transaction: account, ledger entries and sealed secrets are written
 * together, and many of them in one commit. It knows no use case.
 */
@NullMarked
package org.hikae.vault.transaction;

import org.jspecify.annotations.NullMarked;
