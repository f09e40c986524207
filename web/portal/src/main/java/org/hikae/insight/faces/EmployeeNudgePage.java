package org.hikae.insight.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.hikae.identity.value.EmployeeId;
import org.hikae.insight.boundary.NudgeCommands;
import org.hikae.insight.view.NudgeView;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.ui.faces.Banner;
import org.jspecify.annotations.Nullable;

/** Reminds the employee whose page is open. */
@Named
@RequestScoped
public class EmployeeNudgePage {

  @Inject private NudgeCommands nudges;
  @Inject private Banner banner;

  private @Nullable NudgeView view;

  /** Whether they would be reminded now, or why not. */
  public NudgeView of(long employeeId) {
    NudgeView known = view;
    if (known == null || known.employeeId() != employeeId) {
      known = nudges.look(new EmployeeId(employeeId));
      view = known;
    }
    return known;
  }

  /** What they would read, in the viewer's language. */
  public String text(long employeeId) {
    String code = of(employeeId).kind();
    String language = FacesContext.getCurrentInstance().getViewRoot().getLocale().getLanguage();
    return code == null
        ? ""
        : NoticeKind.named(code).map(kind -> nudges.text(kind, language)).orElse("");
  }

  /** Reminds them. */
  public void send(long employeeId) {
    banner.attempt(() -> nudges.nudge(new EmployeeId(employeeId)), "lst", "nudge.done");
    view = null;
  }
}
