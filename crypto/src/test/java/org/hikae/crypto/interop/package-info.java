/**
 * Our OPAQUE against another implementation of RFC 9807. Both are put behind {@link
 * org.hikae.crypto.interop.InteropClient} and {@link org.hikae.crypto.interop.InteropServer}, which
 * pass only the bytes that the RFC puts on the wire, so a test can mix the halves as it likes.
 */
@NullMarked
package org.hikae.crypto.interop;

import org.jspecify.annotations.NullMarked;
