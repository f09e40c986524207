/** How group paths are read. */
@NullMarked
package org.hikae.rollout.control;

import org.jspecify.annotations.NullMarked;
