/** Passes messages on between two devices of an employee, of which it can read none. */
@NullMarked
package org.hikae.enrollment.transfer.boundary;

import org.jspecify.annotations.NullMarked;
