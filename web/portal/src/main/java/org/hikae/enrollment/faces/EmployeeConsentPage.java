package org.hikae.enrollment.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.hikae.enrollment.boundary.EmployeeConsentQueries;
import org.hikae.enrollment.view.ConsentLedger;
import org.hikae.identity.value.EmployeeId;
import org.hikae.problem.control.Refusal;
import org.hikae.ui.faces.Banner;
import org.jspecify.annotations.Nullable;

/** An employee's ledger of consents. Each reading is audited, so it is read when asked for. */
@Named
@ViewScoped
public class EmployeeConsentPage implements Serializable {

  @Inject private EmployeeConsentQueries queries;
  @Inject private Banner banner;

  private @Nullable ConsentLedger ledger;

  /** Reads it. */
  public void show(long employeeId) {
    try {
      ledger = queries.of(new EmployeeId(employeeId));
    } catch (Refusal refusal) {
      banner.show(refusal);
    }
  }

  /** The ledger; null until it is asked for. */
  public @Nullable ConsentLedger getLedger() {
    return ledger;
  }
}
