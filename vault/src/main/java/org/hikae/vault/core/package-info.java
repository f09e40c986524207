/**
 * The Backup Key Vault as a plain state machine: register, expose, attempt, rotate, destroy. It
 * charges an attempt before it answers, and talks to its store and its root key through ports.
 */
@NullMarked
package org.hikae.vault.core;

import org.jspecify.annotations.NullMarked;
