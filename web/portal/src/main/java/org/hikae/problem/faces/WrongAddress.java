package org.hikae.problem.faces;

import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseEvent;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PhaseListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.hikae.problem.wire.ProblemCode;

/**
 * An address whose parameters cannot be what they should be, such as letters for a number, is that
 * of no page. Otherwise the page would be shown without having read what it is about.
 */
public class WrongAddress implements PhaseListener {

  private static final long serialVersionUID = 1L;

  @Override
  public PhaseId getPhaseId() {
    return PhaseId.PROCESS_VALIDATIONS;
  }

  @Override
  public void afterPhase(PhaseEvent event) {
    FacesContext faces = event.getFacesContext();
    if (faces.isPostback() || !faces.isValidationFailed() || faces.getResponseComplete()) {
      return;
    }
    try {
      faces
          .getExternalContext()
          .responseSendError(HttpServletResponse.SC_NOT_FOUND, ProblemCode.NOT_FOUND.code());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    faces.responseComplete();
  }
}
