package org.hikae.identity.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.hikae.identity.store.EmployeeStore;
import org.hikae.runtime.control.CachedValue;

/** How many employees have which account, for all who ask within two seconds. */
@ApplicationScoped
public class AccountCountCache {

  private final CachedValue<Counts> cachedValue = new CachedValue<>(Duration.ofSeconds(2));

  @Inject private EmployeeStore employees;

  /**
   * Employees of all realms.
   *
   * @param enabled those with an enabled account
   * @param leavers those whose account is disabled or gone
   */
  public record Counts(long enabled, long leavers) {}

  /** The counts, made now unless they were two seconds ago. */
  public Counts at(Instant now) {
    return cachedValue.get(
        now, () -> new Counts(employees.countEnabled(), employees.countLeavers()));
  }
}
