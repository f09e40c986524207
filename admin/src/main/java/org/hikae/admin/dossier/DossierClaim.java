package org.hikae.admin.dossier;

import java.util.Locale;

/**
 * A claim of the threat model that is executed on an installation. Once released an id keeps its
 * meaning.
 */
public enum DossierClaim {
  /** Nothing secret in the rows of the portal's database. */
  BLINDNESS_TABLES,
  /** Nothing secret in what a device has stored. */
  BLINDNESS_OBJECTS,
  /** Nothing secret in logs and other files that are named. */
  BLINDNESS_LOGS,
  /** Nothing secret in the memory of the portal. */
  BLINDNESS_MEMORY,
  /** The portal's login has the rights that migrations grant, and nobody else has any. */
  DATABASE_GRANTS,
  /** The database has the schema of this release. */
  DATABASE_SCHEMA,
  /** Nobody reads anything of people without a token. */
  PORTAL_ANONYMOUS,
  /** Clients and roles at the sign-on are those of this release. */
  REALM_CLIENTS,
  /** The vault's card is signed by the root that devices pin. */
  VAULT_ROOT,
  /** The root of the vault's keys is in a token. */
  VAULT_TOKEN,
  /** The transparency log gives what it has signed. */
  LOG_SIGNED,
  /** It continues what it has signed before. */
  LOG_CONTINUES,
  /** It has the vault's card. */
  LOG_CARD,
  /** Devices show that they can recover. */
  RECOVERY_DRILLS,
  /** An export of the audit trail is whole, and signed by the vault. */
  AUDIT_SEALED,
  /** The programs that are installed are those of the release. */
  RELEASE_PROGRAMS,
  /** No setting weakens a promise. */
  SETTINGS_PROMISES;

  /** By which reports and pages name it, such as {@code blindness.tables}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
  }
}
