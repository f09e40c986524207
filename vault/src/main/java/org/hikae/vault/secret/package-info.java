/**
 * Secrets that an operator hands over by a descriptor or a credential file, and small files that
 * survive a loss of power whole. It knows nothing else of the vault.
 */
@NullMarked
package org.hikae.vault.secret;

import org.jspecify.annotations.NullMarked;
