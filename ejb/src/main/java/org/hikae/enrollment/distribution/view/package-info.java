/** Packages of the agent that employees may get, and files that are none, as records. */
@NullMarked
package org.hikae.enrollment.distribution.view;

import org.jspecify.annotations.NullMarked;
