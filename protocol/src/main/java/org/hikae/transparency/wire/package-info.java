/**
 * A transparency log as everybody reads it: the Merkle tree of RFC 6962 with its proofs, the tiles
 * of C2SP in which it travels, and the entries of the portal's own. Portal, agent and programs of
 * others use the same; nothing here stores, fetches or decides. Readers refuse what has another
 * form than is written, and no reader keeps more than a small multiple of what it was given.
 */
@NullMarked
package org.hikae.transparency.wire;

import org.jspecify.annotations.NullMarked;
