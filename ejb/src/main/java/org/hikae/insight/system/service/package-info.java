/** Whether the database answers, and gauges of the fleet. Calls no boundary and no job. */
@NullMarked
package org.hikae.insight.system.service;

import org.jspecify.annotations.NullMarked;
