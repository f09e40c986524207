/**
 * Keeps the bytes of objects whole or not at all; it knows keys and bytes only. Knows no use case.
 */
@NullMarked
package org.hikae.backup.ciphertext.store;

import org.jspecify.annotations.NullMarked;
