/**
 * The device's side of the Backup Key Vault: its card, the sealed channel, registration and login.
 * The card is verified against the pinned root; the portal between can read nothing. Registration
 * has three phases and ends with one real login. A wrong password costs an attempt, so nothing here
 * ever tries again by itself with a new first message.
 */
@NullMarked
package org.hikae.device.vaultclient;

import org.jspecify.annotations.NullMarked;
