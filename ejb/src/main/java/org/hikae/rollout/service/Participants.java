package org.hikae.rollout.service;

import java.util.Collection;
import java.util.Set;

/**
 * Who takes part. A port: that is known by a capability that this one must not know. Called in the
 * transaction of a use case.
 */
public interface Participants {

  /** Those of at most a thousand employees who have opted in, by whatever offer. */
  Set<Long> among(Collection<Long> employeeIds);
}
