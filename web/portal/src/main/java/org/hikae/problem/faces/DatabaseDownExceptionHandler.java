package org.hikae.problem.faces;

import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.service.StorageFailureClassifier;

/**
 * Answers a page that fails because its database is away: 503 with {@code Retry-After} at the same
 * address, so that trying again brings the page that was asked for. A script gets the status alone
 * and tells the person, whose form stays as it is. Whatever else fails is left to the others.
 */
class DatabaseDownExceptionHandler extends ExceptionHandlerWrapper {

  private static final System.Logger LOG =
      System.getLogger(DatabaseDownExceptionHandler.class.getName());

  /** What the server itself shows before and after the application runs, too. */
  private static final String PAGE = "/WEB-INF/away/hikae/away.html";

  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  DatabaseDownExceptionHandler(ExceptionHandler others) {
    super(others);
  }

  @Override
  public void handle() {
    FacesContext faces = FacesContext.getCurrentInstance();
    Optional<Refusal> trouble = trouble();
    if (trouble.isPresent() && !faces.getExternalContext().isResponseCommitted()) {
      forgetAll();
      answer(faces, trouble.get());
    }
    getWrapped().handle();
  }

  private Optional<Refusal> trouble() {
    for (ExceptionQueuedEvent event : getUnhandledExceptionQueuedEvents()) {
      Throwable failure = event.getContext().getException();
      Optional<Refusal> trouble = StorageFailureClassifier.behind(failure);
      if (trouble.isPresent()) {
        // One line for each: while a database is down there may be thousands.
        LOG.log(System.Logger.Level.WARNING, trouble.get().code().code() + ": " + failure);
        return trouble;
      }
    }
    return Optional.empty();
  }

  private void forgetAll() {
    Iterator<ExceptionQueuedEvent> events = getUnhandledExceptionQueuedEvents().iterator();
    while (events.hasNext()) {
      events.next();
      events.remove();
    }
  }

  private static void answer(FacesContext faces, Refusal trouble) {
    ExternalContext external = faces.getExternalContext();
    // The headers that every answer has stay.
    ((HttpServletResponse) external.getResponse()).resetBuffer();
    external.setResponseStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    external.setResponseHeader("Retry-After", String.valueOf(trouble.retryAfterSeconds()));
    if (!faces.getPartialViewContext().isAjaxRequest()) {
      external.setResponseHeader("Content-Security-Policy", POLICY);
      external.setResponseContentType("text/html;charset=UTF-8");
      try (InputStream page = external.getResourceAsStream(PAGE)) {
        external
            .getResponseOutputWriter()
            .write(new String(page.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    faces.responseComplete();
  }
}
