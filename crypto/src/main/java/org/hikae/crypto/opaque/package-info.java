/**
 * OPAQUE-3DH with P256-SHA256 (RFC 9807) over the OPRF of RFC 9497, mode 0: what both halves share.
 * Messages with exact lengths, the oblivious function, the key schedule. The halves are in {@code
 * client} and {@code server}; a program needs one of them.
 */
@NullMarked
package org.hikae.crypto.opaque;

import org.jspecify.annotations.NullMarked;
