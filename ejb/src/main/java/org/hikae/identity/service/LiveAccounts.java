package org.hikae.identity.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * What Keycloak says at this very moment, for decisions that must not rest on what was read minutes
 * ago. Waits for Keycloak: no transaction may be open. A portal without a directory account can ask
 * nobody and believes what it knows.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LiveAccounts {

  private static final System.Logger LOG = System.getLogger(LiveAccounts.class.getName());

  private static final int RETRY_SECONDS = 60;

  @Inject private KeycloakDirectory keycloak;
  @Inject private EmployeeDirectory directory;
  @Inject private GroupMembership groups;

  private interface KeycloakQuery {
    boolean ask() throws IOException;
  }

  /**
   * Whether this account, of a person or a program, is enabled and has the role, by whatever way.
   *
   * @throws Refusal as busy when Keycloak does not answer
   */
  public boolean hasRole(String issuer, String subject, String role) {
    return !directory.hasLeft(issuer, subject) && answer(() -> keycloak.hasRole(subject, role));
  }

  /**
   * Whether there is a group with this path, be it empty.
   *
   * @throws Refusal as busy when nobody is known to be in it and Keycloak does not answer
   */
  public boolean hasGroup(String path) {
    return groups.isAnybodyIn(path) || answer(() -> keycloak.hasGroup(path));
  }

  private boolean answer(KeycloakQuery question) {
    if (!keycloak.canBeAsked()) {
      return true;
    }
    try {
      return question.ask();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "Keycloak cannot be asked: {0}", e.toString());
      throw Refusal.retryAfter(ProblemCode.BUSY, RETRY_SECONDS);
    }
  }
}
