package org.hikae.identity.faces;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.hikae.identity.service.PageSessionEndings;
import org.jspecify.annotations.Nullable;
import org.wildfly.security.http.oidc.OidcAccount;
import org.wildfly.security.http.oidc.OidcClientConfiguration;
import org.wildfly.security.http.oidc.RefreshableOidcSecurityContext;

/** The sessions of the pages, by the session at Keycloak that each belongs to. */
@ApplicationScoped
public class PageSessions {

  private static final System.Logger LOG = System.getLogger(PageSessions.class.getName());

  @Inject private PageSessionEndings endings;

  /** By the id of the session here: what is there of Keycloak's is renewed when it is asked. */
  private final Map<String, PageSession> open = new ConcurrentHashMap<>();

  private boolean oneOfSeveral;

  private record PageSession(String sid, HttpSession session, OidcClientConfiguration keycloak) {}

  /** Looks once whether there are other portals: of one alone no request asks for rows. */
  @PostConstruct
  void look() {
    oneOfSeveral = endings.needed();
  }

  /** Somebody has signed in to a session. */
  void signedIn(HttpSession session, OidcAccount account) {
    RefreshableOidcSecurityContext at = account.getOidcSecurityContext();
    String sid = sid(account);
    // Of several portals another one may see the end of it; they ask for the row.
    if (sid != null && !oneOfSeveral) {
      open.put(session.getId(), new PageSession(sid, session, at.getOidcClientConfiguration()));
    }
  }

  /** Nobody is signed in to a session any more. */
  void left(HttpSession session) {
    open.remove(session.getId());
  }

  /**
   * Ends what belongs to a session that has ended at Keycloak, at every portal.
   *
   * @param token what is said to be Keycloak's word for it
   * @param keycloak the realm that may say so, for one of several portals
   * @return whether that may be so: it is Keycloak's, or names no session of here
   */
  boolean end(String token, Supplier<@Nullable OidcClientConfiguration> keycloak) {
    Optional<String> sid = LogoutToken.claimed(token);
    if (sid.isEmpty()) {
      return false;
    }
    if (oneOfSeveral) {
      OidcClientConfiguration realm = keycloak.get();
      if (realm == null || LogoutToken.of(realm).ended(token).isEmpty()) {
        return false;
      }
      endings.end(sid.get());
      return true;
    }
    for (PageSession one : open.values()) {
      if (one.sid().equals(sid.get())) {
        if (LogoutToken.of(one.keycloak()).ended(token).isEmpty()) {
          return false;
        }
        end(one.session());
      }
    }
    return true;
  }

  /**
   * Whether Keycloak has told another portal that this person's session has ended. While the
   * database is away nobody can know; then no page shows anything of it either.
   */
  boolean hasEnded(OidcAccount account) {
    try {
      String sid = oneOfSeveral ? sid(account) : null;
      return sid != null && endings.hasEnded(sid);
    } catch (EJBException e) {
      LOG.log(Level.DEBUG, "Whether a session has ended cannot be read now", e);
      return false;
    }
  }

  private static @Nullable String sid(OidcAccount account) {
    return account.getOidcSecurityContext().getIDToken().getClaimValueAsString("sid");
  }

  private void end(HttpSession session) {
    try {
      session.invalidate();
    } catch (IllegalStateException e) {
      // It has ended in this moment by itself.
      left(session);
    }
  }
}
