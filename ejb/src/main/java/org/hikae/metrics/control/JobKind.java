package org.hikae.metrics.control;

import java.util.Locale;

/** Work that the portal does by itself. */
public enum JobKind {
  /** Retention and collection of all repositories. */
  NIGHT,
  /** Reads stored objects again. */
  SCRUB,
  /** Reads Keycloak's directory. */
  DIRECTORY,
  /** Sums up all employees anew. */
  SUMMARIES,
  /** Gives events of the audit trail their places. */
  AUDIT_CHAIN,
  /** Has the end of the audit trail signed by the vault. */
  AUDIT_SEAL,
  /** Copies what happened at the vault. */
  VAULT_NEWS,
  /** Erases what is due. */
  ERASURE,
  /** Lets campaigns go on. */
  CAMPAIGNS,
  /** Reads the figures of the database for the monitoring system. */
  FIGURES;

  /** The name in labels. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
