/**
 * What attackers try at the vault: stolen tokens, replayed messages, and a database in their hands.
 * Only tests use it.
 */
@NullMarked
package org.hikae.vault.attack;

import org.jspecify.annotations.NullMarked;
