/**
 * The form in which diagnostics are kept, how many and for how long, and what is likely to be wrong
 * with their device. Pure: knows no entity, store or bean.
 */
@NullMarked
package org.hikae.diagnostics.control;

import org.jspecify.annotations.NullMarked;
