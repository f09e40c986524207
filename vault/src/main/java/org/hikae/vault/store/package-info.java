/**
 * Records, attempts and events in an embedded H2 database of the vault's own. A transaction is on
 * the disk before its answer leaves; a row altered or moved by hand is refused by core, because
 * what counts is sealed to its ids.
 */
@NullMarked
package org.hikae.vault.store;

import org.jspecify.annotations.NullMarked;
