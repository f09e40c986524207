/** Employees see and get the agent's packages; staff see which files are offered, and why not. */
@NullMarked
package org.hikae.enrollment.distribution.boundary;

import org.jspecify.annotations.NullMarked;
