package org.hikae.enrollment.distribution.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.enrollment.distribution.view.AgentPackageView;
import org.hikae.identity.service.EmployeeDirectory;

/** The database's half of a download: each method is one short transaction. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AgentDownloadSteps {

  @Inject private EmployeeDirectory directory;
  @Inject private AuditTrail trail;

  /** Who downloads; refused when their account is disabled. */
  public long employeeId() {
    return directory.me().employeeId();
  }

  /** Leaves the trace of a download, before its first byte leaves. */
  public void record(long employeeId, AgentPackageView offered) {
    trail.recordAbout(
        employeeId,
        "agent.download",
        "agent",
        Map.of(
            "kind", offered.kind().name(),
            "version", offered.version(),
            "architecture", offered.architecture(),
            "sha256", offered.sha256()));
  }
}
