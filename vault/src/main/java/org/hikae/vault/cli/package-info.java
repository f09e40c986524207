/**
 * What an operator types: init, run, card, status. Reads the configuration, never a secret from the
 * command line or the environment.
 */
@NullMarked
package org.hikae.vault.cli;

import org.jspecify.annotations.NullMarked;
