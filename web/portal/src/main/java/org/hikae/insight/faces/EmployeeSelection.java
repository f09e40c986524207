package org.hikae.insight.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.hikae.identity.value.EmployeeId;
import org.hikae.insight.boundary.EmployeeListQueries;
import org.hikae.insight.view.EmployeeCriteria;
import org.hikae.insight.view.EmployeePage;
import org.hikae.lifecycle.boundary.LegalHoldCommands;
import org.hikae.lifecycle.view.SetLegalHold;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.ui.faces.Banner;
import org.hikae.ui.faces.BulkAction;
import org.hikae.ui.faces.ListSelection;
import org.hikae.ui.faces.SelectedItems;
import org.jspecify.annotations.Nullable;

/** Employees who are selected, to be put on legal hold for one reason. */
@Named
@ViewScoped
public class EmployeeSelection extends ListSelection {

  @Inject private EmployeeListQueries employeeQueries;
  @Inject private LegalHoldCommands holds;
  @Inject private Banner banner;

  private @Nullable String reason;

  /** Selects all employees whom the query finds, as many as there is room for. */
  public void all(EmployeeCriteria query) {
    List<String> found = new ArrayList<>();
    String cursor = null;
    do {
      EmployeePage page =
          employeeQueries.pageAfter(query, cursor, new PageRequest(EmployeeCriteria.MAX_LIMIT));
      page.employees().forEach(employee -> found.add(Long.toString(employee.employeeId())));
      cursor = page.next();
    } while (cursor != null && found.size() < SelectedItems.MOST);
    take(found, cursor != null);
  }

  @Override
  public boolean isId(String text) {
    return text.matches("[0-9]{1,18}");
  }

  @Override
  public boolean isDestructive() {
    return false;
  }

  @Override
  public List<BulkAction.Item> look(List<String> ids) {
    return employeeQueries.some(ids.stream().map(Long::valueOf).toList()).stream()
        .map(
            employee ->
                new BulkAction.Item(
                    Long.toString(employee.employeeId()),
                    employee.displayName(),
                    employee.employeeId(),
                    employee.displayName(),
                    null))
        .toList();
  }

  @Override
  public boolean isReady() {
    if (reason == null || reason.isBlank()) {
      banner.warn(BUNDLE, "employees.reason.missing");
      return false;
    }
    return true;
  }

  @Override
  public void act(BulkAction.Item item) {
    holds.set(
        new EmployeeId(item.employeeId()), new SetLegalHold(reason == null ? "" : reason.strip()));
  }

  @Override
  public String why(Refusal refusal) {
    return refusal.code() == ProblemCode.CONFLICT ? text("employees.already") : super.why(refusal);
  }

  /** Why there shall be a hold. */
  public @Nullable String getReason() {
    return reason;
  }

  /** Sets the reason. */
  public void setReason(@Nullable String reason) {
    this.reason = reason;
  }

  /** Longest reason, in characters. */
  public int getMaxReasonChars() {
    return SetLegalHold.MAX_REASON_CHARS;
  }
}
