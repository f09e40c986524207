/**
 * K and what opens it: subkeys, wraps, the 64-digit key and the password's rules. Nothing here
 * talks to anyone; secrets come in and go out as {@link org.hikae.crypto.kdf.SecretBytes} and never
 * appear in texts.
 */
@NullMarked
package org.hikae.device.keys;

import org.jspecify.annotations.NullMarked;
