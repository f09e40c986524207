/** Erases when a grace is over. */
@NullMarked
package org.hikae.lifecycle.timer;

import org.jspecify.annotations.NullMarked;
