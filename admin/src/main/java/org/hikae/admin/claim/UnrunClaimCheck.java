package org.hikae.admin.claim;

import org.hikae.admin.dossier.ClaimCheck;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.DossierClaim;

/** A claim that cannot be executed for something that was not given. */
public final class UnrunClaimCheck implements ClaimCheck {

  private final DossierClaim claim;
  private final ClaimFactKind why;

  /** Says why. */
  public UnrunClaimCheck(DossierClaim claim, ClaimFactKind why) {
    this.claim = claim;
    this.why = why;
  }

  @Override
  public DossierClaim claim() {
    return claim;
  }

  @Override
  public ClaimResult execute() {
    return ClaimResult.notRun(claim, why);
  }
}
