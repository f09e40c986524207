package org.hikae.ui.faces;

import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The answer of a page whose address names nothing that is there. */
public final class NotFoundAnswer {

  private NotFoundAnswer() {}

  /** Answers the present request with 404; nothing is rendered. */
  public static void send(String what) throws IOException {
    FacesContext faces = FacesContext.getCurrentInstance();
    faces.getExternalContext().responseSendError(HttpServletResponse.SC_NOT_FOUND, what);
    faces.responseComplete();
  }
}
