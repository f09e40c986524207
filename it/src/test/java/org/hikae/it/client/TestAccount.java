package org.hikae.it.client;

/**
 * An account in Keycloak.
 *
 * @param id Keycloak's id, which is {@code sub} in tokens
 * @param username what the person types
 * @param password the password for signing in, which has nothing to do with the backup password
 */
public record TestAccount(String id, String username, String password) {
  @Override
  public String toString() {
    return "TestAccount(" + username + ")";
  }
}
