package org.hikae.admin.check;

import java.util.List;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.admin.doctor.InstallationCheck;

/** Stands for {@link DatabaseCheck} where the portal has an embedded database, open for itself. */
public final class EmbeddedDatabaseCheck implements InstallationCheck {

  @Override
  public String name() {
    return "database";
  }

  @Override
  public List<DoctorFinding> look() {
    return List.of(DoctorFinding.of(FindingCode.DATABASE_EMBEDDED));
  }
}
