/**
 * The process that hosts the vault: a Unix domain socket that only one user may speak to, or mutual
 * TLS, frames with limits, and an end that leaves nothing half done.
 */
@NullMarked
package org.hikae.vault.process;

import org.jspecify.annotations.NullMarked;
