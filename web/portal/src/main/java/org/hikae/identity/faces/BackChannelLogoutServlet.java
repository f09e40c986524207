package org.hikae.identity.faces;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.wildfly.security.http.oidc.OidcClientConfiguration;
import org.wildfly.security.http.oidc.OidcClientContext;

/**
 * Where Keycloak says that a session there has ended: somebody signed out elsewhere, or an
 * administrator has ended it. The pages notice by themselves only when they renew their tokens.
 */
@WebServlet("/sign-out/keycloak")
public class BackChannelLogoutServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** Of the form, in bytes; the token in it is shorter. */
  private static final int MAX_BYTES = 2 * LogoutToken.MAX_LENGTH;

  @Inject private transient PageSessions sessions;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(
        isTrue(request) ? HttpServletResponse.SC_OK : HttpServletResponse.SC_BAD_REQUEST);
  }

  private boolean isTrue(HttpServletRequest request) {
    if (request.getContentLengthLong() > MAX_BYTES) {
      return false;
    }
    String token = request.getParameter("logout_token");
    return token != null
        && token.length() <= LogoutToken.MAX_LENGTH
        && sessions.end(token, this::keycloak);
  }

  /** What the server's OIDC client knows of the realm, whoever has signed in here before. */
  private @Nullable OidcClientConfiguration keycloak() {
    return getServletContext().getAttribute(OidcClientContext.class.getName())
            instanceof OidcClientContext context
        ? context.resolveDeployment(null)
        : null;
  }
}
