/**
 * Our OPAQUE against another implementation of RFC 9807. Both are put behind {@link
 * org.hikae.crypto.interop.Client} and {@link org.hikae.crypto.interop.Server}, which pass only the
 * bytes that the RFC puts on the wire, so a test can mix the halves as it likes.
 */
@NullMarked
package org.hikae.crypto.interop;

import org.jspecify.annotations.NullMarked;
