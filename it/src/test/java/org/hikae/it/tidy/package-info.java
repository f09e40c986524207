/** Rules about the tracked text itself. */
@NullMarked
package org.hikae.it.tidy;

import org.jspecify.annotations.NullMarked;
