package org.hikae.identity.faces;

import jakarta.inject.Inject;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.wildfly.security.http.oidc.OidcAccount;

/**
 * Ends a session that nobody has signed in to, before the server looks who is asking. WildFly's
 * OIDC client signs a person in to the session that their request brings, under the same id;
 * whoever knew that id before would be signed in with them. It reads {@code
 * turn-off-change-session-id-on-login} and never changes an id. So a sign-in always makes the
 * session that it fills, and WildFly gives that an id of its own ({@code
 * disable-session-id-reuse}).
 *
 * <p>So it does with a session whose person Keycloak has signed out at another portal.
 */
@WebListener
public class AnonymousSessionListener implements ServletRequestListener {

  /** Where the OIDC client keeps who has signed in. */
  private static final String WHO = OidcAccount.class.getName();

  @Inject private PageSessions sessions;

  @Override
  public void requestInitialized(ServletRequestEvent event) {
    HttpSession session = ((HttpServletRequest) event.getServletRequest()).getSession(false);
    if (session != null && !holdsSomebody(session)) {
      session.invalidate();
    }
  }

  private boolean holdsSomebody(HttpSession session) {
    try {
      return session.getAttribute(WHO) instanceof OidcAccount account
          && !sessions.hasEnded(account);
    } catch (IllegalStateException e) {
      // It ended in this moment: nothing is left to end.
      return true;
    }
  }
}
