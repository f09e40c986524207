/** Invites wave by wave and halts a campaign at its gates. Calls no boundary. */
@NullMarked
package org.hikae.rollout.job;

import org.jspecify.annotations.NullMarked;
