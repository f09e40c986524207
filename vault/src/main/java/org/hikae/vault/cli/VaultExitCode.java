package org.hikae.vault.cli;

/** How {@code hikae-vault} ends; part of its documented interface. */
public enum VaultExitCode {
  /** Done. */
  OK(0),
  /** A defect of the program. */
  DEFECT(1),
  /** The command line is wrong. */
  USAGE(2),
  /** The configuration is wrong. */
  CONFIGURATION(3),
  /** Root key file or passphrase cannot be used. */
  ROOT_KEY(4),
  /** The store cannot be opened, or belongs to another root. */
  STORE(5),
  /** Files or socket cannot be used. */
  FILES(6),
  /** The vault does not answer, or says that it cannot serve. */
  NOT_SERVING(7),
  /** There is a vault already. */
  EXISTS(8),
  /** The token, its library or its PIN cannot be used. */
  TOKEN(9);

  private final int number;

  VaultExitCode(int number) {
    this.number = number;
  }

  /** The process's exit status. */
  public int number() {
    return number;
  }
}
