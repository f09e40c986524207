/**
 * Decides whether an employee is offered the backup, and reads campaigns for several use cases.
 * Calls no boundary and no job.
 */
@NullMarked
package org.hikae.rollout.service;

import org.jspecify.annotations.NullMarked;
