package org.hikae.admin.doctor;

import java.io.IOException;
import java.util.List;

/** Looks at one part of an installation and changes nothing there. */
public interface InstallationCheck {

  /** The part's name, for a check that breaks. */
  String name();

  /**
   * What was found, at least one finding.
   *
   * @throws IOException when it could not be looked at for a reason that has no code of its own
   */
  List<DoctorFinding> look() throws IOException;
}
