/** When figures of everybody are made anew. */
@NullMarked
package org.hikae.insight.timer;

import org.jspecify.annotations.NullMarked;
