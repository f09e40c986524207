package org.hikae.identity.value;

/** Whether an employee may act; follows Keycloak. */
public enum EmployeeState {
  /** May sign in and back up. */
  ENABLED,
  /** The account is disabled: no device may act, everything is kept. */
  DISABLED,
  /** The account no longer exists at Keycloak: no device may act, everything is kept. */
  GONE;

  /** Whether the account can no longer be used. */
  public boolean hasLeft() {
    return this != ENABLED;
  }
}
