/** The relay to the vault. */
@NullMarked
package org.hikae.vault.rest;

import org.jspecify.annotations.NullMarked;
