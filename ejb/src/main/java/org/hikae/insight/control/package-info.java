/** Keeps what lists of employees are found and sorted by. */
@NullMarked
package org.hikae.insight.control;

import org.jspecify.annotations.NullMarked;
