/**
 * CPace with P-256 and SHA-256 (draft-irtf-cfrg-cpace-21): two programs that know the same short
 * code agree on a key, and whoever carries their messages learns nothing to test guesses with. Each
 * run is one guess. Always with an initiator, a responder and a confirmation of the key.
 */
@NullMarked
package org.hikae.crypto.cpace;

import org.jspecify.annotations.NullMarked;
