package org.hikae.admin.dossier;

/** What became of a claim; the worst one decides the exit code. */
public enum ClaimState {
  /** It was executed, and nothing contradicted it. */
  HOLDS(0),
  /** It could not be executed; the first fact says why. */
  NOT_RUN(1),
  /** It was executed, and is not so here. */
  FAILS(2);

  private final int exitCode;

  ClaimState(int exitCode) {
    this.exitCode = exitCode;
  }

  /** Exit code of a dossier whose worst claim came to this. */
  public int exitCode() {
    return exitCode;
  }
}
