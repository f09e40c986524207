/** Who is offered the backup. */
@NullMarked
package org.hikae.rollout.entity;

import org.jspecify.annotations.NullMarked;
