package org.hikae.device.state;

/**
 * What restic signs in with for one repository.
 *
 * @param username the credential's name
 * @param password the credential's password; a secret
 * @param expiresAt ISO-8601 instant until which it can be used
 */
public record ResticLogin(String username, String password, String expiresAt) {
  @Override
  public String toString() {
    return "ResticLogin(REDACTED)";
  }
}
