/**
 * Opens the root of the vault's keys from where the configuration says it is. It knows no use case.
 */
@NullMarked
package org.hikae.vault.root;

import org.jspecify.annotations.NullMarked;
