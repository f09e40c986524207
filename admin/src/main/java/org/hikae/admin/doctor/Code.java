package org.hikae.admin.doctor;

import java.util.Locale;

/**
 * Everything that the doctor can say. The part before the first underscore is the name of the
 * check. Each code has a sentence in {@code doctor.properties} and, unless it is OK, one that says
 * what to do.
 */
public enum Code {
  SETTINGS_OK(Level.OK),
  SETTINGS_MISSING(Level.PROBLEM),
  SETTINGS_WRONG(Level.PROBLEM),
  SETTINGS_TRIAL(Level.WARNING),

  PORTAL_OK(Level.OK),
  PORTAL_SILENT(Level.PROBLEM),
  PORTAL_UNREADY(Level.PROBLEM),

  CERTIFICATE_OK(Level.OK),
  CERTIFICATE_SOON(Level.WARNING),
  CERTIFICATE_EXPIRED(Level.PROBLEM),
  CERTIFICATE_EARLY(Level.PROBLEM),
  CERTIFICATE_DISTRUSTED(Level.PROBLEM),
  CERTIFICATE_SILENT(Level.PROBLEM),
  CERTIFICATE_STORE(Level.PROBLEM),
  CERTIFICATE_UNLOADED(Level.WARNING),
  CERTIFICATE_PLAIN(Level.WARNING),

  REALM_OK(Level.OK),
  REALM_SAME(Level.OK),
  REALM_SILENT(Level.PROBLEM),
  REALM_ISSUER(Level.PROBLEM),
  REALM_GRANT(Level.PROBLEM),
  REALM_CLIENT(Level.PROBLEM),
  REALM_DIFFERS(Level.PROBLEM),
  REALM_AUDIENCE(Level.PROBLEM),
  REALM_ROLE(Level.PROBLEM),
  REALM_REDIRECT(Level.PROBLEM),
  REALM_UNBOUND(Level.WARNING),
  REALM_EXCHANGES(Level.WARNING),
  REALM_HIDDEN(Level.SKIPPED),
  REALM_LOGIN(Level.WARNING),

  ACCOUNT_OK(Level.OK),
  ACCOUNT_SILENT(Level.PROBLEM),
  ACCOUNT_REFUSED(Level.PROBLEM),
  ACCOUNT_RIGHTS(Level.PROBLEM),
  ACCOUNT_NONE(Level.SKIPPED),

  DATABASE_OK(Level.OK),
  DATABASE_SILENT(Level.PROBLEM),
  DATABASE_FORGETS(Level.PROBLEM),
  DATABASE_RIGHT(Level.PROBLEM),
  DATABASE_OWNER(Level.PROBLEM),
  DATABASE_EMBEDDED(Level.SKIPPED),

  SCHEMA_OK(Level.OK),
  SCHEMA_NONE(Level.WARNING),
  SCHEMA_OLDER(Level.WARNING),
  SCHEMA_LATER(Level.PROBLEM),
  SCHEMA_FAILED(Level.PROBLEM),

  ARCHIVE_OK(Level.OK),
  ARCHIVE_OFF(Level.WARNING),
  ARCHIVE_NONE(Level.WARNING),
  ARCHIVE_FAILS(Level.PROBLEM),

  QUEUE_OK(Level.OK),
  QUEUE_SESSIONS(Level.WARNING),
  QUEUE_DIRECTORY(Level.WARNING),
  QUEUE_RUNS(Level.WARNING),

  VAULT_OK(Level.OK),
  VAULT_NONE(Level.SKIPPED),
  VAULT_SILENT(Level.PROBLEM),
  VAULT_CLOSED(Level.PROBLEM),
  VAULT_SOFTWARE(Level.WARNING),

  DISK_OK(Level.OK),
  DISK_LOW(Level.WARNING),
  DISK_FULL(Level.PROBLEM),
  DISK_MISSING(Level.PROBLEM),

  CLOCK_OK(Level.OK),
  CLOCK_ALONE(Level.SKIPPED),
  CLOCK_VAULT(Level.SKIPPED),
  CLOCK_OFF(Level.WARNING),
  CLOCK_WRONG(Level.PROBLEM),

  /** A check could not be made. */
  DOCTOR_BROKEN(Level.PROBLEM);

  private final Level level;

  Code(Level level) {
    this.level = level;
  }

  /** How bad it is. */
  public Level level() {
    return level;
  }

  /** Name of the check that says it. */
  public String check() {
    return name().substring(0, name().indexOf('_')).toLowerCase(Locale.ROOT);
  }
}
