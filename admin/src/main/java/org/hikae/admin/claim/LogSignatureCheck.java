package org.hikae.admin.claim;

import java.io.IOException;
import java.util.List;
import org.hikae.admin.dossier.ClaimCheck;
import org.hikae.admin.dossier.ClaimFact;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.DossierClaim;
import org.hikae.transparency.log.wire.TransparencyLogFault;

/** The transparency log gives the entries of which it has signed the end. */
public final class LogSignatureCheck implements ClaimCheck {

  private final PortalLogReader logs;

  /** Reads the log. */
  public LogSignatureCheck(PortalLogReader logs) {
    this.logs = logs;
  }

  @Override
  public DossierClaim claim() {
    return DossierClaim.LOG_SIGNED;
  }

  @Override
  public ClaimResult execute() throws IOException {
    PortalLogReader.ReadLog read = logs.read();
    TransparencyLogFault fault = read.result().fault();
    return fault == null
        ? ClaimResult.of(
            claim(),
            List.of(),
            List.of(ClaimFact.of(ClaimFactKind.LOG_READ, read.result().size(), read.key().text())))
        : ClaimResult.of(claim(), List.of(ClaimFact.of(ClaimFactKind.LOG_FAULT, fault)), List.of());
  }
}
