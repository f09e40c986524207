/** Lets campaigns go on by themselves. */
@NullMarked
package org.hikae.rollout.timer;

import org.jspecify.annotations.NullMarked;
