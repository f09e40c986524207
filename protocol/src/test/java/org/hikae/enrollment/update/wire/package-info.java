/** Signed updates against the attacks that TUF names. */
@NullMarked
package org.hikae.enrollment.update.wire;

import org.jspecify.annotations.NullMarked;
