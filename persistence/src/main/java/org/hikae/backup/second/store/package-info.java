/**
 * Keeps a copy of each object in a second ciphertext store: what is due there, one copy, and reads
 * that fall back to it. Knows no use case.
 */
@NullMarked
package org.hikae.backup.second.store;

import org.jspecify.annotations.NullMarked;
