/** When what callers left is forgotten. */
@NullMarked
package org.hikae.caller.timer;

import org.jspecify.annotations.NullMarked;
