package org.hikae.problem.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletResponse;

/** What the page about a failure says of it. */
@Named
@RequestScoped
public class ErrorPage {

  /**
   * How Undertow's message begins when it refuses a session because there are as many as may be.
   */
  private static final String TOO_MANY_SESSIONS = "UT000121";

  private static final String SOON_SECONDS = "60";

  /** Whether only no more people could be signed in. */
  public boolean isFull() {
    return external().getRequestMap().get(RequestDispatcher.ERROR_EXCEPTION)
            instanceof IllegalStateException refused
        && String.valueOf(refused.getMessage()).startsWith(TOO_MANY_SESSIONS);
  }

  /** Says to programs, too, that trying again later helps. */
  public void answer() {
    if (isFull()) {
      external().setResponseStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      external().setResponseHeader("Retry-After", SOON_SECONDS);
    }
  }

  private static ExternalContext external() {
    return FacesContext.getCurrentInstance().getExternalContext();
  }
}
