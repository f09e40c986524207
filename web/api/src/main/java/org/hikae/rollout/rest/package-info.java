/** Who is offered the backup: offers and campaigns. */
@NullMarked
package org.hikae.rollout.rest;

import org.jspecify.annotations.NullMarked;
