/** Reads and writes the directory. Knows no use case. */
@NullMarked
package org.hikae.identity.store;

import org.jspecify.annotations.NullMarked;
