/**
 * What an operator types to set up, run and look at a vault, to renew its keys, and to do what two
 * custodians sign. Reads the configuration, never a secret from the command line or the
 * environment.
 */
@NullMarked
package org.hikae.vault.cli;

import org.jspecify.annotations.NullMarked;
