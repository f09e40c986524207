/** The portal's side of the Backup Key Vault: it relays sealed bytes and can read none of them. */
@NullMarked
package org.hikae.vault.boundary;

import org.jspecify.annotations.NullMarked;
