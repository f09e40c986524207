package org.hikae.admin.claim;

import java.io.IOException;
import java.util.List;
import org.hikae.admin.dossier.ClaimCheck;
import org.hikae.admin.dossier.ClaimFact;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.DossierClaim;
import org.hikae.transparency.log.wire.TransparencyLogFault;
import org.hikae.transparency.log.wire.TransparencyLogResult;

/** The transparency log continues the end that somebody kept. */
public final class LogContinuityCheck implements ClaimCheck {

  private final PortalLogReader logs;

  /** Reads the log. */
  public LogContinuityCheck(PortalLogReader logs) {
    this.logs = logs;
  }

  @Override
  public DossierClaim claim() {
    return DossierClaim.LOG_CONTINUES;
  }

  @Override
  public ClaimResult execute() throws IOException {
    if (!logs.hasKept()) {
      return ClaimResult.notRun(claim(), ClaimFactKind.NO_KEPT_CHECKPOINT);
    }
    TransparencyLogResult result = logs.read().result();
    TransparencyLogFault fault = result.fault();
    return fault == null
        ? ClaimResult.of(
            claim(),
            List.of(),
            List.of(ClaimFact.of(ClaimFactKind.LOG_CONTINUED, result.before(), result.size())))
        : ClaimResult.of(claim(), List.of(ClaimFact.of(ClaimFactKind.LOG_FAULT, fault)), List.of());
  }
}
