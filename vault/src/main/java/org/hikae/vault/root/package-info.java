/**
 * The root of the vault's keys when no token guards it: one file, encrypted under a passphrase.
 * Whoever has the file, the passphrase and the database can guess at local speed, and the vault
 * says so at each start.
 */
@NullMarked
package org.hikae.vault.root;

import org.jspecify.annotations.NullMarked;
