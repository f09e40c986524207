/**
 * The state machine of the vault: registration in three phases, login, status, and the counts that
 * bound guessing. It decides; its ports (RecordStore, RootKey, TokenVerifier) keep bytes, multiply
 * by the key and vouch for the caller. Nothing here knows a socket, a file or SQL.
 */
@NullMarked
package org.hikae.vault.core;

import org.jspecify.annotations.NullMarked;
