/** Counts requests, jobs and connections in memory. Calls no boundary and no job. */
@NullMarked
package org.hikae.metrics.service;

import org.jspecify.annotations.NullMarked;
