/**
 * Ids by which a refusal is found in the log, and which failures are the database's. Calls no
 * boundary and no job.
 */
@NullMarked
package org.hikae.problem.service;

import org.jspecify.annotations.NullMarked;
