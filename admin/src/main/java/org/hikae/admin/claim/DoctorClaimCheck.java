package org.hikae.admin.claim;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.admin.doctor.FindingLevel;
import org.hikae.admin.doctor.InstallationCheck;
import org.hikae.admin.dossier.ClaimCheck;
import org.hikae.admin.dossier.ClaimFact;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.ClaimState;
import org.hikae.admin.dossier.DossierClaim;

/** A claim that the doctor looks at: it fails by what the doctor warns of or calls a problem. */
public final class DoctorClaimCheck implements ClaimCheck {

  /** What keeps the doctor from looking says nothing about the claim. */
  private static final Set<FindingCode> NOT_LOOKED =
      Set.of(FindingCode.DATABASE_SILENT, FindingCode.REALM_SILENT, FindingCode.REALM_LOGIN);

  private final DossierClaim claim;
  private final String about;
  private final InstallationCheck check;

  /**
   * Asks the doctor.
   *
   * @param about which of its findings concern the claim, by how their codes begin
   */
  public DoctorClaimCheck(DossierClaim claim, String about, InstallationCheck check) {
    this.claim = claim;
    this.about = about;
    this.check = check;
  }

  @Override
  public DossierClaim claim() {
    return claim;
  }

  @Override
  public ClaimResult execute() throws IOException {
    List<ClaimFact> faults = new ArrayList<>();
    List<ClaimFact> unlooked = new ArrayList<>();
    List<ClaimFact> fine = new ArrayList<>();
    for (DoctorFinding finding : check.look()) {
      FindingLevel level = finding.code().level();
      if (NOT_LOOKED.contains(finding.code())) {
        unlooked.add(fact(finding));
      } else if (finding.code().check().equals(about)) {
        boolean skipped = level == FindingLevel.SKIPPED;
        boolean good = level == FindingLevel.OK;
        (good ? fine : skipped ? unlooked : faults).add(fact(finding));
      }
    }
    if (!faults.isEmpty()) {
      faults.addAll(unlooked);
      return ClaimResult.of(claim, faults, fine);
    }
    if (!unlooked.isEmpty()) {
      unlooked.addAll(fine);
      return new ClaimResult(claim, ClaimState.NOT_RUN, unlooked);
    }
    return fine.isEmpty()
        ? ClaimResult.notRun(claim, ClaimFactKind.NOT_POSTGRESQL)
        : ClaimResult.of(claim, List.of(), fine);
  }

  private static ClaimFact fact(DoctorFinding finding) {
    List<String> values = new ArrayList<>(List.of(finding.code().name()));
    values.addAll(finding.arguments());
    return new ClaimFact(ClaimFactKind.DOCTOR, values);
  }
}
