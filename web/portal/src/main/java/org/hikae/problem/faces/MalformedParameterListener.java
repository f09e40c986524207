package org.hikae.problem.faces;

import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseEvent;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PhaseListener;
import jakarta.faces.view.ViewMetadata;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.hikae.problem.wire.ProblemCode;

/**
 * An address whose parameters cannot be what they should be, such as letters for a number, is that
 * of no page. Otherwise the page would be shown without having read what it is about. A number is
 * written in one way, with digits of ASCII, so that each page has one address; what people type
 * into forms may have any digits, such as the full-width ones of a Japanese keyboard.
 */
public class MalformedParameterListener implements PhaseListener {

  private static final long serialVersionUID = 1L;

  private static final Pattern PLAIN = Pattern.compile("0|-?[1-9][0-9]{0,18}");

  @Override
  public PhaseId getPhaseId() {
    return PhaseId.PROCESS_VALIDATIONS;
  }

  @Override
  public void afterPhase(PhaseEvent event) {
    FacesContext faces = event.getFacesContext();
    if (faces.isPostback()
        || faces.getResponseComplete()
        || (!faces.isValidationFailed() && hasPlainNumbers(faces))) {
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

  private static boolean hasPlainNumbers(FacesContext faces) {
    Map<String, String> sent = faces.getExternalContext().getRequestParameterMap();
    return ViewMetadata.getViewParameters(faces.getViewRoot()).stream()
        .filter(parameter -> parameter.getValue() instanceof Number)
        .map(parameter -> sent.getOrDefault(parameter.getName(), ""))
        .allMatch(text -> text.isEmpty() || PLAIN.matcher(text).matches());
  }
}
