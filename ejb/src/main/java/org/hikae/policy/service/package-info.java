/**
 * What holds for an employee, for other capabilities; reads and writes versions. Calls no boundary
 * and no job.
 */
@NullMarked
package org.hikae.policy.service;

import org.jspecify.annotations.NullMarked;
