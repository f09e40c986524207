package org.hikae.admin.dossier;

import java.io.IOException;

/** Executes a claim on this installation and changes nothing there. */
public interface ClaimCheck {

  /** The claim. */
  DossierClaim claim();

  /**
   * Executes it.
   *
   * @throws IOException when it could not be executed for a reason that has no fact of its own
   */
  ClaimResult execute() throws IOException;
}
