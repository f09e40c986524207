/** The folder of packages as the settings name it, and the trace of each download. */
@NullMarked
package org.hikae.enrollment.distribution.service;

import org.jspecify.annotations.NullMarked;
