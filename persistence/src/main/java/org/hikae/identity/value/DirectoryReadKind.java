package org.hikae.identity.value;

/** What is read of the directory. */
public enum DirectoryReadKind {
  /** Everybody. */
  FULL,
  /** Those whom Keycloak's events name. */
  INCREMENTAL
}
