/** Leaving, erasing, and what must not be erased. */
@NullMarked
package org.hikae.lifecycle.boundary;

import org.jspecify.annotations.NullMarked;
