/**
 * Where the root of the vault's keys is kept: in a hardware token behind PKCS#11, or in files
 * encrypted under a passphrase. Both keep the same contract; what differs is what a thief gets.
 * From a token nobody gets a key out, so guessing ends when the thief is out. Whoever has the
 * files, the passphrase and the database can guess at local speed for ever, and the vault says so
 * at each start.
 */
@NullMarked
package org.hikae.vault.root;

import org.jspecify.annotations.NullMarked;
