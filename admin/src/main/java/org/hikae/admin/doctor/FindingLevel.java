package org.hikae.admin.doctor;

/** How bad something is; the worst one decides the exit code. */
public enum FindingLevel {
  /** As it should be. */
  OK(0),
  /** Could not be looked at, which is not a fault of the installation. */
  SKIPPED(0),
  /** Works today, but should be changed. */
  WARNING(1),
  /** Does not work, or protects less than promised. */
  PROBLEM(2);

  private final int exitCode;

  FindingLevel(int exitCode) {
    this.exitCode = exitCode;
  }

  /** Exit code of a report whose worst finding has this level. */
  public int exitCode() {
    return exitCode;
  }
}
