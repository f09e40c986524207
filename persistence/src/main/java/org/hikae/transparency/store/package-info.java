/** Adds entries to the transparency log and reads parts of it. Knows no use case. */
@NullMarked
package org.hikae.transparency.store;

import org.jspecify.annotations.NullMarked;
