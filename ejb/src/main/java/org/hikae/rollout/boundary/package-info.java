/** Who is offered the backup. A fresh portal offers it to nobody. */
@NullMarked
package org.hikae.rollout.boundary;

import org.jspecify.annotations.NullMarked;
