/** The device's half of OPAQUE: the only code that sees the password. */
@NullMarked
package org.hikae.crypto.opaque.client;

import org.jspecify.annotations.NullMarked;
