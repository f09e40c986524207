package org.hikae.admin.claim;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hikae.admin.audit.AuditExportResult;
import org.hikae.admin.audit.AuditExportVerifier;
import org.hikae.admin.dossier.ClaimCheck;
import org.hikae.admin.dossier.ClaimFact;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.DossierClaim;
import org.jspecify.annotations.Nullable;

/** An export of the audit trail is whole, and signed by the vault whose root devices pin. */
public final class AuditExportCheck implements ClaimCheck {

  private static final int BUFFER_BYTES = 1 << 16;

  private final @Nullable Path export;
  private final @Nullable String pin;

  /**
   * Checks an export.
   *
   * @param export null when none was given
   * @param pin fingerprint of the vault's root, hexadecimal; null when none was given
   */
  public AuditExportCheck(@Nullable Path export, @Nullable String pin) {
    this.export = export;
    this.pin = pin;
  }

  @Override
  public DossierClaim claim() {
    return DossierClaim.AUDIT_SEALED;
  }

  @Override
  public ClaimResult execute() throws IOException {
    Path file = export;
    if (file == null) {
      return ClaimResult.notRun(claim(), ClaimFactKind.NO_EXPORT);
    }
    if (pin == null) {
      return ClaimResult.notRun(claim(), ClaimFactKind.NO_PIN);
    }
    AuditExportResult result;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
      result = AuditExportVerifier.check(in, pin);
    }
    List<ClaimFact> faults = new ArrayList<>();
    AuditExportResult.FoundFault wrong = result.wrong();
    if (wrong != null) {
      faults.add(ClaimFact.of(ClaimFactKind.EXPORT_FAULT, wrong.fault(), wrong.line()));
    } else if (!result.signed()) {
      faults.add(ClaimFact.of(ClaimFactKind.EXPORT_UNSIGNED));
    }
    return ClaimResult.of(
        claim(),
        faults,
        List.of(
            ClaimFact.of(
                ClaimFactKind.EXPORT_WHOLE, result.events(), result.first(), result.last())));
  }
}
