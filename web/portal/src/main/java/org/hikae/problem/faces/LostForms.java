package org.hikae.problem.faces;

import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.faces.event.PhaseId;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;

/**
 * Answers a form whose page cannot be found again as one that has expired, whatever is wrong with
 * what it says about that page: only what the portal gave out is sent by browsers, and anybody else
 * could fill the log with the traces of what they made up.
 */
class LostForms extends ExceptionHandlerWrapper {

  private static final System.Logger LOG = System.getLogger(LostForms.class.getName());

  LostForms(ExceptionHandler others) {
    super(others);
  }

  @Override
  public void handle() {
    FacesContext faces = FacesContext.getCurrentInstance();
    ExternalContext external = faces.getExternalContext();
    boolean lost =
        PhaseId.RESTORE_VIEW.equals(faces.getCurrentPhaseId())
            && faces.isPostback()
            && !faces.getResponseComplete()
            && !external.isResponseCommitted();
    // A page that expired for somebody who is signed in is known to the others.
    boolean signedIn = external.getUserPrincipal() != null;
    if (lost && forget(signedIn)) {
      try {
        leave(external, signedIn);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      faces.responseComplete();
    }
    getWrapped().handle();
  }

  private static void leave(ExternalContext external, boolean signedIn) throws IOException {
    String expired = external.getRequestContextPath() + "/error/expired.xhtml";
    if (signedIn) {
      external.redirect(expired);
    } else {
      // To a script the other way would make a session.
      ((HttpServletResponse) external.getResponse()).sendRedirect(expired);
    }
  }

  /** Whether there was anything. */
  private boolean forget(boolean signedIn) {
    boolean any = false;
    Iterator<ExceptionQueuedEvent> events = getUnhandledExceptionQueuedEvents().iterator();
    while (events.hasNext()) {
      Throwable why = events.next().getContext().getException();
      if (!signedIn || !(why instanceof ViewExpiredException)) {
        LOG.log(
            System.Logger.Level.DEBUG, "A form belongs to no page: {0}", why.getClass().getName());
        events.remove();
        any = true;
      }
    }
    return any;
  }
}
