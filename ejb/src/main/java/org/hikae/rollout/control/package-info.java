/** Reading lists of people. */
@NullMarked
package org.hikae.rollout.control;

import org.jspecify.annotations.NullMarked;
