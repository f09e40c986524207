package org.hikae.it.container;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.hikae.caller.boundary.CurrentCaller;
import org.hikae.identity.wire.Realm;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;
import org.wildfly.security.auth.server.SecurityDomain;
import org.wildfly.security.auth.server.SecurityIdentity;
import org.wildfly.security.authz.RoleMapper;
import org.wildfly.security.authz.Roles;
import org.wildfly.security.http.oidc.AccessToken;
import org.wildfly.security.http.oidc.OidcPrincipal;
import org.wildfly.security.http.oidc.OidcSecurityContext;

/**
 * A caller as WildFly makes one from a checked token: an identity of the application's own security
 * domain whose principal carries the claims.
 */
final class As {

  static final String ISSUER = "https://sso.example.com/realms/hikae";

  private final String subject;
  private final String client;
  private final Set<String> roles;
  private final Instant signedInAt;
  private final List<String> groups;
  private final @Nullable String name;

  private As(
      String subject,
      String client,
      Set<String> roles,
      Instant signedInAt,
      List<String> groups,
      @Nullable String name) {
    this.subject = subject;
    this.client = client;
    this.roles = roles;
    this.signedInAt = signedInAt;
    this.groups = groups;
    this.name = name;
  }

  /** An employee with a token of the agent. */
  static As agent(String subject, String... groups) {
    return new As(
        subject, Realm.AGENT_CLIENT, Set.of(Realm.EMPLOYEE), Instant.now(), List.of(groups), null);
  }

  /** A person who has just signed in to the pages. */
  static As portal(String subject, String... roles) {
    return new As(subject, Realm.PORTAL_CLIENT, Set.of(roles), Instant.now(), List.of(), null);
  }

  /** The same person, known by another user name. */
  As called(String newName) {
    return new As(subject, client, roles, signedInAt, groups, newName);
  }

  /** The same person, whose sign-in is older. */
  As signedInBefore(Duration age) {
    return new As(subject, client, roles, Instant.now().minus(age), groups, name);
  }

  String subject() {
    return subject;
  }

  <T> T call(Callable<T> work) throws Exception {
    return identity().runAs(work);
  }

  /** Something done for its effect. */
  interface Work {
    void run() throws Exception;
  }

  void run(Work work) throws Exception {
    call(
        () -> {
          work.run();
          return true;
        });
  }

  private SecurityIdentity identity() {
    return domain()
        .createAdHocIdentity(
            new OidcPrincipal<>(
                subject,
                new OidcSecurityContext("not a token", new AccessToken(claims()), null, null)))
        .withDefaultRoleMapper(RoleMapper.constant(Roles.fromSet(roles)));
  }

  private JwtClaims claims() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setSubject(subject);
    claims.setClaim("azp", client);
    claims.setClaim("auth_time", signedInAt.getEpochSecond());
    claims.setClaim("sid", "session-of-" + subject);
    claims.setClaim("preferred_username", name == null ? subject : name);
    claims.setClaim("groups", groups);
    return claims;
  }

  /** The domain that the beans are in; it is registered for their class loader. */
  private static SecurityDomain domain() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(CurrentCaller.class.getClassLoader());
    try {
      return SecurityDomain.getCurrent();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
