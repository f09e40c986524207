/** What {@code ./bench} measures against; no test. */
@NullMarked
package org.hikae.it.bench;

import org.jspecify.annotations.NullMarked;
