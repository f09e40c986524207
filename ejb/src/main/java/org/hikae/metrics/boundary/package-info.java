/** Lets the monitoring system read the figures, and the web count its requests. */
@NullMarked
package org.hikae.metrics.boundary;

import org.jspecify.annotations.NullMarked;
