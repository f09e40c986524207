package org.hikae.notice.service;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where employees are reached and what they are called; the directory knows. */
public interface AddressBook {

  /**
   * How an employee is reached.
   *
   * @param email mail address; null when there is none
   * @param groups group paths
   */
  record ContactDetails(@Nullable String email, Set<String> groups) {}

  /** The employee with this number; empty for none. */
  Optional<ContactDetails> find(long employeeId);

  /** What these employees are called, by number; unknown ones are left out. */
  Map<Long, String> names(Collection<Long> employeeIds);
}
