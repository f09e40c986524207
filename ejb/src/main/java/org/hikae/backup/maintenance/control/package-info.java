/**
 * Retention rules, reachability of objects, and what a run of scrubbing may cost. Pure: knows no
 * entity, store or bean.
 */
@NullMarked
package org.hikae.backup.maintenance.control;

import org.jspecify.annotations.NullMarked;
