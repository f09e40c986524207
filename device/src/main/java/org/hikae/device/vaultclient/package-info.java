/**
 * The device's side of the Backup Key Vault: its card verified against the pinned root, the sealed
 * channel through a portal that can read nothing of it, registration in three phases that ends with
 * one real login, and the login itself. A wrong password costs an attempt, so nothing here ever
 * tries again by itself with a new first message.
 */
@NullMarked
package org.hikae.device.vaultclient;

import org.jspecify.annotations.NullMarked;
