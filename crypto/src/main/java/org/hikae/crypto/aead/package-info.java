/** AES-256-GCM of the JDK, in the one place that names cipher, mode and padding. */
@NullMarked
package org.hikae.crypto.aead;

import org.jspecify.annotations.NullMarked;
