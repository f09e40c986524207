package org.hikae.identity.faces;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.wildfly.security.http.oidc.OidcAccount;
import org.wildfly.security.http.oidc.OidcClientConfiguration;
import org.wildfly.security.http.oidc.RefreshableOidcSecurityContext;

/** The sessions of the pages, by the session at Keycloak that each belongs to. */
@ApplicationScoped
public class PageSessions {

  /** By the id of the session here: what is there of Keycloak's is renewed when it is asked. */
  private final Map<String, PageSession> open = new ConcurrentHashMap<>();

  private record PageSession(String sid, HttpSession session, OidcClientConfiguration keycloak) {}

  /** Somebody has signed in to a session. */
  void signedIn(HttpSession session, OidcAccount account) {
    RefreshableOidcSecurityContext at = account.getOidcSecurityContext();
    String sid = at.getIDToken().getClaimValueAsString("sid");
    if (sid != null) {
      open.put(session.getId(), new PageSession(sid, session, at.getOidcClientConfiguration()));
    }
  }

  /** Nobody is signed in to a session any more. */
  void left(HttpSession session) {
    open.remove(session.getId());
  }

  /**
   * Ends what belongs to a session that has ended at Keycloak.
   *
   * @param token what is said to be Keycloak's word for it
   * @return whether that may be so: it is Keycloak's, or names no session of here
   */
  boolean end(String token) {
    Optional<String> sid = LogoutToken.claimed(token);
    if (sid.isEmpty()) {
      return false;
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

  private void end(HttpSession session) {
    try {
      session.invalidate();
    } catch (IllegalStateException e) {
      // It has ended in this moment by itself.
      left(session);
    }
  }
}
