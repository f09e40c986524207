package org.hikae.admin.check;

import java.util.List;
import org.hikae.admin.doctor.Check;
import org.hikae.admin.doctor.Code;
import org.hikae.admin.doctor.Finding;

/** Stands for {@link DatabaseCheck} where the portal has an embedded database, open for itself. */
public final class EmbeddedCheck implements Check {

  @Override
  public String name() {
    return "database";
  }

  @Override
  public List<Finding> look() {
    return List.of(Finding.of(Code.DATABASE_EMBEDDED));
  }
}
