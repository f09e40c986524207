/** The relay to the vault over REST. */
@NullMarked
package org.hikae.vault.rest;

import org.jspecify.annotations.NullMarked;
