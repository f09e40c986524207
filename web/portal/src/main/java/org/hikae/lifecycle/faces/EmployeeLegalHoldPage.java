package org.hikae.lifecycle.faces;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseId;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.hikae.approval.boundary.ApprovalCommands;
import org.hikae.approval.view.ApprovalView;
import org.hikae.identity.value.EmployeeId;
import org.hikae.lifecycle.boundary.LegalHoldCommands;
import org.hikae.lifecycle.view.LegalHoldView;
import org.hikae.lifecycle.view.SetLegalHold;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.ui.faces.Banner;
import org.jspecify.annotations.Nullable;
import org.primefaces.PrimeFaces;

/** The legal hold on one employee: seen by those who oversee, set and lifted by administrators. */
@Named
@ViewScoped
public class EmployeeLegalHoldPage implements Serializable {

  private static final String LIFT = "legal-hold.lift";

  /** Client id of the field. */
  private static final String REASON = "employee:reason";

  @Inject private LegalHoldCommands legalHoldCommands;
  @Inject private ApprovalCommands approvals;
  @Inject private Banner banner;

  private @Nullable String reason;
  private transient @Nullable State state;
  private boolean old = true;

  /**
   * How it stands.
   *
   * @param hold the hold; absent when there is none
   * @param lifting the request to lift it that waits; absent when there is none
   */
  public record State(@Nullable LegalHoldView hold, @Nullable ApprovalView lifting) {}

  /** Reads anew before it is shown again; called before each rendering. */
  public void refresh() {
    old = true;
  }

  /**
   * How it stands for an employee. Until it is rendered again it is what was shown: a button that
   * somebody else's change takes away meanwhile still gets its answer.
   */
  public State of(long employeeId) {
    State known = state;
    boolean shownNow =
        PhaseId.RENDER_RESPONSE.equals(FacesContext.getCurrentInstance().getCurrentPhaseId());
    if (known == null || (old && shownNow)) {
      known = read(employeeId);
      state = known;
      old = false;
    }
    return known;
  }

  /** Sets a hold with the reason typed. */
  public void set(long employeeId) {
    // It is one line in the audit trail, but the field invites to type several.
    String given = reason == null ? "" : reason.strip().replaceAll("\\s*\\R\\s*", " ");
    if (given.isEmpty()) {
      sayAtField("legalHold.reason.missing");
    } else if (banner.attempt(
        () -> legalHoldCommands.set(new EmployeeId(employeeId), new SetLegalHold(given)),
        "ppl",
        "legalHold.done")) {
      reason = null;
    }
  }

  /** Where it is typed, which may be far below the top of the page. */
  private static void sayAtField(String key) {
    FacesMessage message =
        new FacesMessage(FacesMessage.SEVERITY_ERROR, Banner.texts("ppl").getString(key), null);
    FacesContext.getCurrentInstance().addMessage(REASON, message);
    PrimeFaces.current().focus(REASON);
  }

  /** Asks a second administrator to lift the hold. */
  public void lift(long employeeId) {
    banner.attempt(
        () -> legalHoldCommands.lift(new EmployeeId(employeeId)), "ppl", "legalHold.lift.done");
  }

  /** Why the backup is to be held. */
  public @Nullable String getReason() {
    return reason;
  }

  /** Sets the reason. */
  public void setReason(@Nullable String reason) {
    this.reason = reason;
  }

  private State read(long employeeId) {
    try {
      LegalHoldView hold = legalHoldCommands.of(new EmployeeId(employeeId));
      ApprovalView lifting =
          approvals.page(true, null, new PageRequest(ApprovalCommands.MAX_PAGE)).requests().stream()
              .filter(request -> request.kind().equals(LIFT))
              .filter(request -> Long.valueOf(employeeId).equals(request.subjectEmployeeId()))
              .findFirst()
              .orElse(null);
      return new State(hold, lifting);
    } catch (Refusal refusal) {
      if (refusal.code() != ProblemCode.NOT_FOUND) {
        throw refusal;
      }
      return new State(null, null);
    }
  }
}
