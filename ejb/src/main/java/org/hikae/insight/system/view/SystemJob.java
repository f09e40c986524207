package org.hikae.insight.system.view;

/** Work that the portal does by itself, as those see it who run it. */
public enum SystemJob {
  /** Retention and collection. */
  NIGHT,
  /** Reads stored objects again. */
  SCRUB,
  /** Reads Keycloak's directory. */
  DIRECTORY,
  /** Gives events their places, and has the end signed. */
  AUDIT_TRAIL,
  /** Archives the database's log, which PostgreSQL does. */
  DATABASE_BACKUP,
  /** Copies objects to the second store. */
  SECOND_STORE
}
