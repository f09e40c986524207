/**
 * The use cases of the vault: one handler for each kind of message, and the policies that decide
 * who may try. It knows ports, never what implements them.
 */
@NullMarked
package org.hikae.vault.core;

import org.jspecify.annotations.NullMarked;
