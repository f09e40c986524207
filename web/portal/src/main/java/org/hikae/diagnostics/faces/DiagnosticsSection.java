package org.hikae.diagnostics.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.hikae.diagnostics.boundary.EmployeeDiagnosticsQueries;
import org.hikae.diagnostics.boundary.OwnDiagnosticsQueries;
import org.hikae.diagnostics.view.DiagnosticsView;
import org.hikae.identity.faces.Viewer;
import org.hikae.identity.value.EmployeeId;

/** The card of diagnostics on several pages; each says before it is rendered whose it shows. */
@Named
@RequestScoped
public class DiagnosticsSection {

  @Inject private EmployeeDiagnosticsQueries employeeDiagnostics;
  @Inject private OwnDiagnosticsQueries ownDiagnostics;
  @Inject private Viewer viewer;

  private List<DiagnosticsView> newest = List.of();

  /** Shows those of a device, to those who help. */
  public void showDevice(String deviceId) {
    newest = viewer.isHelper() ? employeeDiagnostics.ofDevice(deviceId) : List.of();
  }

  /** Shows those of all devices of an employee, to those who help. */
  public void showEmployee(long employeeId) {
    newest = viewer.isHelper() ? employeeDiagnostics.newest(new EmployeeId(employeeId)) : List.of();
  }

  /**
   * Shows those of the employee who is signed in.
   *
   * @param devices whether they have any; without one there is nothing to show
   */
  public void showOwn(boolean devices) {
    newest = devices ? ownDiagnostics.newest() : List.of();
  }

  /** What is shown, newest first. */
  public List<DiagnosticsView> getNewest() {
    return newest;
  }
}
