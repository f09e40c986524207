/**
 * The kinds of job whose time is taken, and how a turn of one ends. Pure: knows no entity, store or
 * bean.
 */
@NullMarked
package org.hikae.metrics.control;

import org.jspecify.annotations.NullMarked;
