package org.hikae.caller.service;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.caller.control.PersonName;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.caller.view.Caller;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.wildfly.security.http.oidc.AccessToken;
import org.wildfly.security.http.oidc.OidcPrincipal;
import org.wildfly.security.http.oidc.OidcSecurityContext;

/**
 * Tells who is calling from the container's own security context. WildFly's OpenID Connect client
 * checked the token and carries it with the identity into the beans; no parameter plays any part.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class CurrentCaller {

  /** How old a sign-in may be for steps that ask for a recent one. */
  public static final Duration RECENT_SIGN_IN = Duration.ofMinutes(10);

  /** Most groups of one person that are looked at. */
  private static final int MAX_GROUPS = 200;

  private static final Set<String> ROLES =
      Set.of(RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR);

  @Resource private SessionContext context;
  @Inject private Clock clock;

  /** The caller; refused as unauthenticated when there is none. */
  public Caller caller() {
    return callerIfAny().orElseThrow(() -> Refusal.of(ProblemCode.UNAUTHENTICATED));
  }

  /** The caller, who must have signed in at most {@link #RECENT_SIGN_IN} ago. */
  public Caller recentlySignedIn() {
    Caller caller = caller();
    Instant since = caller.isAutomation() ? null : caller.authenticatedAt();
    if (since == null || since.isBefore(clock.instant().minus(RECENT_SIGN_IN))) {
      throw Refusal.of(ProblemCode.REAUTHENTICATE);
    }
    return caller;
  }

  /** The caller; empty for timers and public paths. */
  public Optional<Caller> callerIfAny() {
    Principal principal = context.getCallerPrincipal();
    if (principal instanceof OidcPrincipal<?> oidc) {
      return Optional.ofNullable(oidc.getOidcSecurityContext())
          .map(OidcSecurityContext::getToken)
          .map(this::read);
    }
    return Optional.empty();
  }

  private Caller read(AccessToken token) {
    Set<String> roles =
        ROLES.stream().filter(context::isCallerInRole).collect(Collectors.toUnmodifiableSet());
    String username = text(token, "preferred_username").orElse(subject(token));
    String name =
        PersonName.of(text(token, "given_name").orElse(""), text(token, "family_name").orElse(""));
    return new Caller(
        text(token, "iss").orElseThrow(() -> Refusal.of(ProblemCode.UNAUTHENTICATED)),
        subject(token),
        roles,
        text(token, "azp").orElse(""),
        seconds(token, "auth_time").orElse(null),
        text(token, "sid").orElse(null),
        groups(token.getClaimValue("groups")),
        new Caller.Names(
            username, name.isEmpty() ? username : name, text(token, "email").orElse(null)));
  }

  static Set<String> groups(@Nullable Object claim) {
    Collection<?> paths =
        switch (claim) {
          case Collection<?> several -> several;
          // A mapper of one value: what bounds the caller must not be lost by its form.
          case String one -> List.of(one);
          case null, default -> List.of();
        };
    return paths.stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(path -> path.startsWith("/"))
        // What bounds the caller is not among what is left out.
        .sorted(Comparator.comparing((String path) -> !DepartmentScope.isGivenBy(path)))
        .limit(MAX_GROUPS)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String subject(AccessToken token) {
    return text(token, "sub").orElseThrow(() -> Refusal.of(ProblemCode.UNAUTHENTICATED));
  }

  private static Optional<String> text(AccessToken token, String claim) {
    return Stream.ofNullable(token.getClaimValue(claim))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(text -> !text.isBlank())
        .findFirst();
  }

  private static Optional<Instant> seconds(AccessToken token, String claim) {
    return Stream.ofNullable(token.getClaimValue(claim))
        .filter(Number.class::isInstance)
        .map(value -> Instant.ofEpochSecond(((Number) value).longValue()))
        .findFirst();
  }
}
