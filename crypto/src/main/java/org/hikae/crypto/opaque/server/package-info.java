/**
 * The vault's half of OPAQUE. It holds no key itself: the multiplication by the OPRF key and the
 * AKE key are ports, because in production both run inside a token.
 */
@NullMarked
package org.hikae.crypto.opaque.server;

import org.jspecify.annotations.NullMarked;
