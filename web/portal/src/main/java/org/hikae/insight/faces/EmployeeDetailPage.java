package org.hikae.insight.faces;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serializable;
import org.hikae.insight.boundary.EmployeeDetail;
import org.hikae.insight.boundary.EmployeeDetailInsight;
import org.hikae.problem.boundary.Refusal;
import org.jspecify.annotations.Nullable;

/** One employee, for those who run the backup. */
@Named
@ViewScoped
public class EmployeeDetailPage implements Serializable {

  @Inject private EmployeeDetailInsight insight;

  private @Nullable Long id;
  private transient @Nullable EmployeeDetail detail;

  /** Reads the employee named in the address; a missing one is a missing page. */
  public void load() throws IOException {
    FacesContext faces = FacesContext.getCurrentInstance();
    try {
      if (id != null) {
        detail = insight.of(id);
        return;
      }
    } catch (Refusal refusal) {
      faces.addMessage(null, new FacesMessage(refusal.code().code()));
    }
    faces
        .getExternalContext()
        .responseSendError(HttpServletResponse.SC_NOT_FOUND, "No such employee");
    faces.responseComplete();
  }

  /** The employee. */
  public @Nullable EmployeeDetail getDetail() {
    return detail;
  }

  /** The portal's number for them. */
  public @Nullable Long getId() {
    return id;
  }

  /** Sets whom to show. */
  public void setId(@Nullable Long id) {
    this.id = id;
  }
}
