package org.hikae.identity.faces;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import org.wildfly.security.http.oidc.OidcAccount;

/** Notes who signs in to a session and that they leave it, or that it ends. */
@WebListener
public class PageSessionListener implements HttpSessionAttributeListener, HttpSessionListener {

  @Inject private PageSessions sessions;

  @Override
  public void attributeAdded(HttpSessionBindingEvent event) {
    if (event.getValue() instanceof OidcAccount account) {
      sessions.signedIn(event.getSession(), account);
    }
  }

  @Override
  public void attributeRemoved(HttpSessionBindingEvent event) {
    if (event.getValue() instanceof OidcAccount) {
      sessions.left(event.getSession());
    }
  }

  @Override
  public void sessionDestroyed(HttpSessionEvent event) {
    sessions.left(event.getSession());
  }
}
