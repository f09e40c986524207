/** JSON records by which devices show that what they keep could be recovered. */
@NullMarked
package org.hikae.drill.wire;

import org.jspecify.annotations.NullMarked;
