/**
 * States and kinds of campaigns, audiences, and an employee's bucket from 0 to 99. Knows no entity.
 */
@NullMarked
package org.hikae.rollout.value;

import org.jspecify.annotations.NullMarked;
