/**
 * Relays sealed messages between devices and vault, and says how the vault does. Each bean states
 * its roles, and none knows HTTP or pages.
 */
@NullMarked
package org.hikae.vault.boundary;

import org.jspecify.annotations.NullMarked;
