package org.hikae.metrics.control;

import java.util.Locale;

/** Work that the portal does by itself. */
public enum JobKind {
  /** Retention and collection of all repositories. */
  NIGHT(true),
  /** Reads stored objects again. */
  SCRUB(true),
  /** Reads Keycloak's directory. */
  DIRECTORY(true),
  /** Sums up all employees anew. */
  SUMMARIES(false),
  /** Gives events of the audit trail their places. */
  AUDIT_CHAIN(false),
  /** Has the end of the audit trail signed by the vault. */
  AUDIT_SEAL(true),
  /** Copies what happened at the vault. */
  VAULT_NEWS(false),
  /** Erases what is due. */
  ERASURE(false),
  /** Lets campaigns go on. */
  CAMPAIGNS(false),
  /** Reads the figures of the database for the monitoring system. */
  FIGURES(false);

  private final boolean notedInDatabase;

  JobKind(boolean notedInDatabase) {
    this.notedInDatabase = notedInDatabase;
  }

  /** Whether the database knows when it last ended well, whichever portal did it. */
  public boolean isNotedInDatabase() {
    return notedInDatabase;
  }

  /** The name in labels. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
