/**
 * Counts requests, jobs and connections in memory, and runs what timers begin. Calls no boundary
 * and no job.
 */
@NullMarked
package org.hikae.metrics.service;

import org.jspecify.annotations.NullMarked;
