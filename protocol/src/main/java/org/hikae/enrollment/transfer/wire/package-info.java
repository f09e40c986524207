/**
 * JSON records of carrying K from one device of an employee to another (spec HK1-T-10). What the
 * two devices tell each other is in bodies that the portal passes on and cannot read.
 */
@NullMarked
package org.hikae.enrollment.transfer.wire;

import org.jspecify.annotations.NullMarked;
