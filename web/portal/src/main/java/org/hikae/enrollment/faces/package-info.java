/**
 * Devices and consents as pages: an employee's own devices, and for staff those of an employee and
 * the texts that employees agree to.
 */
@NullMarked
package org.hikae.enrollment.faces;

import org.jspecify.annotations.NullMarked;
