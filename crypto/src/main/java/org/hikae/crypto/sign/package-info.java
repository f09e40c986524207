/**
 * ECDSA P-256 signatures over transcripts, and the keys of devices, owners, vault and vault root.
 */
@NullMarked
package org.hikae.crypto.sign;

import org.jspecify.annotations.NullMarked;
