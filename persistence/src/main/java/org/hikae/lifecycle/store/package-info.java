/** Reads and writes erasures and leavers. Knows no use case. */
@NullMarked
package org.hikae.lifecycle.store;

import org.jspecify.annotations.NullMarked;
