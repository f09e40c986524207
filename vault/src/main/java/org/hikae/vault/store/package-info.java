/**
 * Accounts, ledger, sealed secrets and notes in a database of the vault's own: an embedded H2 file
 * or a schema of PostgreSQL. Invariants: what a transaction wrote is on the disk before {@code
 * transact} returns; nothing of it is there when it threw, but for an outage during the commit; who
 * holds no lease writes nothing. The store decides nothing and trusts nobody: that a row is what
 * the vault wrote is for core to check, with the root's codes and seals.
 *
 * <p>Erased values are gone from the H2 file once it is closed in order. PostgreSQL keeps them in
 * dead rows until it vacuums, and in its log and base backups as long as those are kept; there they
 * open with the root and the key of their epoch only.
 */
@NullMarked
package org.hikae.vault.store;

import org.jspecify.annotations.NullMarked;
