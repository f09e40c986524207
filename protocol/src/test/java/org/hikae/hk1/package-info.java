/** Attacks on the byte formats the portal may see. */
@NullMarked
package org.hikae.hk1;

import org.jspecify.annotations.NullMarked;
