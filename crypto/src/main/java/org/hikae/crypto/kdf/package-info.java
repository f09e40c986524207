/** Secrets in memory, HKDF-SHA256 and HMAC-SHA256: how one key becomes others. */
@NullMarked
package org.hikae.crypto.kdf;

import org.jspecify.annotations.NullMarked;
