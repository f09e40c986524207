/**
 * Authenticates devices and restic's clients, and locks, changes and shows backup sets for other
 * use cases. Calls no boundary and no job.
 */
@NullMarked
package org.hikae.enrollment.service;

import org.jspecify.annotations.NullMarked;
