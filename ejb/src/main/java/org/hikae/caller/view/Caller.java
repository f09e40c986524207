package org.hikae.caller.view;

import java.time.Instant;
import java.util.Set;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.identity.wire.RealmNames;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling, as the token says that the container has checked (signature, age, audience). Made
 * by {@code CurrentCaller} only.
 *
 * @param issuer the realm
 * @param subject {@code sub}; with the issuer it is the identity
 * @param roles those realm roles of {@link org.hikae.identity.wire.RealmNames} that the caller has
 * @param clientId {@code azp}: the program that got the token
 * @param authenticatedAt {@code auth_time}: when the person last signed in; null for service
 *     accounts
 * @param sessionId {@code sid} at Keycloak, if the token has one
 * @param groups paths of the groups the token names, such as {@code /sales}
 * @param names what people call the caller
 */
public record Caller(
    String issuer,
    String subject,
    Set<String> roles,
    String clientId,
    @Nullable Instant authenticatedAt,
    @Nullable String sessionId,
    Set<String> groups,
    Names names) {

  /** Copies the sets. */
  public Caller {
    roles = Set.copyOf(roles);
    groups = Set.copyOf(groups);
  }

  /** Whom they see and act on as far as their roles go, by the groups that the token names. */
  public DepartmentScope scope() {
    return DepartmentScope.of(groups);
  }

  /** Whether a program of the company's own calls, and no person. */
  public boolean isAutomation() {
    return clientId.startsWith(RealmNames.AUTOMATION_PREFIX);
  }

  /**
   * What people call the caller; never an identity.
   *
   * @param username user name now
   * @param displayName name for people
   * @param email mail address, if the token has one
   */
  public record Names(String username, String displayName, @Nullable String email) {}
}
