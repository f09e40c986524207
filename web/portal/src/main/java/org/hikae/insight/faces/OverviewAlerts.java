package org.hikae.insight.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.hikae.approval.boundary.ApprovalCommands;
import org.hikae.identity.boundary.DirectoryQueries;
import org.hikae.identity.faces.Viewer;
import org.hikae.identity.view.DirectoryView;
import org.hikae.identity.view.MassLeaveView;
import org.hikae.insight.boundary.CoverageQueries;
import org.hikae.insight.system.boundary.JobQueries;
import org.hikae.insight.system.view.JobView;
import org.hikae.insight.system.view.SystemJobState;
import org.hikae.problem.control.PageRequest;
import org.jspecify.annotations.Nullable;

/** What waits for a person, or does not go well; each figure is read when it is shown. */
@Named
@RequestScoped
public class OverviewAlerts {

  @Inject private ApprovalCommands approvals;
  @Inject private DirectoryQueries directory;
  @Inject private CoverageQueries coverage;
  @Inject private JobQueries jobQueries;
  @Inject private Viewer viewer;

  private @Nullable Integer waiting;
  private @Nullable DirectoryView read;
  private @Nullable Long rotten;
  private @Nullable List<JobView> failed;

  /** Requests that wait for a second administrator, 200 at most; none for the help desk. */
  public int getApprovals() {
    if (waiting == null) {
      waiting =
          viewer.isOverseer()
              ? approvals
                  .page(true, null, new PageRequest(ApprovalCommands.MAX_PAGE))
                  .requests()
                  .size()
              : 0;
    }
    return waiting;
  }

  /** Employees whose account is disabled or gone. */
  public long getLeavers() {
    return directory().leavers();
  }

  /** People about whom an administrator is asked whether they left; 0 when nobody is asked. */
  public int getSuspected() {
    MassLeaveView finding = directory().massLeave();
    return finding != null && finding.waits() ? finding.leavers() : 0;
  }

  /** Objects whose bytes are known to be wrong. */
  public long getRotten() {
    if (rotten == null) {
      rotten = coverage.rottenObjects();
    }
    return rotten;
  }

  /** Work of the portal that did not end well the last time. */
  public List<JobView> getFailed() {
    List<JobView> known = failed;
    if (known == null) {
      known =
          jobQueries.jobs().stream().filter(job -> job.state() == SystemJobState.FAILED).toList();
      failed = known;
    }
    return known;
  }

  /** Whether there is anything to tell. */
  public boolean isAny() {
    return getApprovals() > 0 || getSuspected() > 0 || getRotten() > 0 || !getFailed().isEmpty();
  }

  private DirectoryView directory() {
    DirectoryView known = read;
    if (known == null) {
      known = directory.state();
      read = known;
    }
    return known;
  }
}
