/** Employees' own devices, and the texts that employees agree to. */
@NullMarked
package org.hikae.enrollment.faces;

import org.jspecify.annotations.NullMarked;
