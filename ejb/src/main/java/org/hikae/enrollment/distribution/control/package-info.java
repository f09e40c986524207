/**
 * Reads packages of the agent out of a folder, as strictly as if somebody hostile had put them
 * there. Pure: knows no entity, store or bean.
 */
@NullMarked
package org.hikae.enrollment.distribution.control;

import org.jspecify.annotations.NullMarked;
