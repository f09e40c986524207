/** Reads lists of people from CSV. Pure: knows no entity, store or bean. */
@NullMarked
package org.hikae.rollout.control;

import org.jspecify.annotations.NullMarked;
