/**
 * The real vault with devices, network, database and attackers around it, as one state that can be
 * set and read. Only the exploration uses it.
 */
@NullMarked
package org.hikae.vault.exploration.system;

import org.jspecify.annotations.NullMarked;
