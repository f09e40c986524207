/**
 * The exceptions of the packages below, which have the cryptography that vault and device must run
 * identically, and the mark of a forbidden call that may be made. Never part of the server
 * deployment: the portal can neither evaluate a vault record nor open a backup.
 *
 * <p>One suite, no options: P-256, SHA-256, HKDF, AES-256-GCM, Argon2id. Bulk work and signatures
 * come from the JDK; Bouncy Castle gives what the JDK lacks (curve arithmetic on points,
 * hash-to-curve, Argon2id). Data from the other side that is refused is a {@link
 * org.hikae.crypto.CryptoException}, a caller's mistake an {@link IllegalArgumentException}, and
 * what cannot happen on a sound platform a {@link org.hikae.crypto.CryptoDefectException}.
 */
@NullMarked
package org.hikae.crypto;

import org.jspecify.annotations.NullMarked;
