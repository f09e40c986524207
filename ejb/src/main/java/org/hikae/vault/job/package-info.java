/**
 * Copies the vault's events, so that employees can read them without a device. Calls no boundary.
 */
@NullMarked
package org.hikae.vault.job;

import org.jspecify.annotations.NullMarked;
