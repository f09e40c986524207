/** Reads the directory again and again. */
@NullMarked
package org.hikae.identity.timer;

import org.jspecify.annotations.NullMarked;
