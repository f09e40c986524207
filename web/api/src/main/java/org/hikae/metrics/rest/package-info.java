/** What the monitoring system asks for, and what is counted of each request. */
@NullMarked
package org.hikae.metrics.rest;

import org.jspecify.annotations.NullMarked;
