package org.hikae.admin.doctor;

import java.util.Locale;

/**
 * Everything that the doctor can say. The part before the first underscore is the name of the
 * check. Each code has a sentence in {@code doctor.properties} and, unless it is OK, one that says
 * what to do.
 */
public enum FindingCode {
  SETTINGS_OK(FindingLevel.OK),
  SETTINGS_MISSING(FindingLevel.PROBLEM),
  SETTINGS_WRONG(FindingLevel.PROBLEM),
  SETTINGS_TRIAL(FindingLevel.WARNING),
  SETTINGS_OPEN(FindingLevel.PROBLEM),
  SETTINGS_OWNER(FindingLevel.WARNING),

  PORTAL_OK(FindingLevel.OK),
  PORTAL_SILENT(FindingLevel.PROBLEM),
  PORTAL_UNREADY(FindingLevel.PROBLEM),

  CERTIFICATE_OK(FindingLevel.OK),
  CERTIFICATE_SOON(FindingLevel.WARNING),
  CERTIFICATE_EXPIRED(FindingLevel.PROBLEM),
  CERTIFICATE_EARLY(FindingLevel.PROBLEM),
  CERTIFICATE_DISTRUSTED(FindingLevel.PROBLEM),
  CERTIFICATE_SILENT(FindingLevel.PROBLEM),
  CERTIFICATE_STORE(FindingLevel.PROBLEM),
  CERTIFICATE_UNLOADED(FindingLevel.WARNING),
  CERTIFICATE_PLAIN(FindingLevel.WARNING),

  REALM_OK(FindingLevel.OK),
  REALM_SAME(FindingLevel.OK),
  REALM_SILENT(FindingLevel.PROBLEM),
  REALM_ISSUER(FindingLevel.PROBLEM),
  REALM_GRANT(FindingLevel.PROBLEM),
  REALM_CLIENT(FindingLevel.PROBLEM),
  REALM_DIFFERS(FindingLevel.PROBLEM),
  REALM_AUDIENCE(FindingLevel.PROBLEM),
  REALM_ROLE(FindingLevel.PROBLEM),
  REALM_REDIRECT(FindingLevel.PROBLEM),
  REALM_UNBOUND(FindingLevel.WARNING),
  REALM_EXCHANGES(FindingLevel.WARNING),
  REALM_HIDDEN(FindingLevel.SKIPPED),
  REALM_LOGIN(FindingLevel.WARNING),

  ACCOUNT_OK(FindingLevel.OK),
  ACCOUNT_SILENT(FindingLevel.PROBLEM),
  ACCOUNT_REFUSED(FindingLevel.PROBLEM),
  ACCOUNT_RIGHTS(FindingLevel.PROBLEM),
  ACCOUNT_NONE(FindingLevel.SKIPPED),

  DATABASE_OK(FindingLevel.OK),
  DATABASE_SILENT(FindingLevel.PROBLEM),
  DATABASE_FORGETS(FindingLevel.PROBLEM),
  DATABASE_RIGHT(FindingLevel.PROBLEM),
  DATABASE_OWNER(FindingLevel.PROBLEM),
  DATABASE_EMBEDDED(FindingLevel.SKIPPED),

  SCHEMA_OK(FindingLevel.OK),
  SCHEMA_NONE(FindingLevel.WARNING),
  SCHEMA_OLDER(FindingLevel.WARNING),
  SCHEMA_LATER(FindingLevel.PROBLEM),
  SCHEMA_FAILED(FindingLevel.PROBLEM),

  ARCHIVE_OK(FindingLevel.OK),
  ARCHIVE_OFF(FindingLevel.WARNING),
  ARCHIVE_NONE(FindingLevel.WARNING),
  ARCHIVE_FAILS(FindingLevel.PROBLEM),

  QUEUE_OK(FindingLevel.OK),
  QUEUE_SESSIONS(FindingLevel.WARNING),
  QUEUE_DIRECTORY(FindingLevel.WARNING),
  QUEUE_RUNS(FindingLevel.WARNING),

  VAULT_OK(FindingLevel.OK),
  VAULT_NONE(FindingLevel.SKIPPED),
  VAULT_SILENT(FindingLevel.PROBLEM),
  VAULT_CLOSED(FindingLevel.PROBLEM),
  VAULT_SOFTWARE(FindingLevel.WARNING),

  DISK_OK(FindingLevel.OK),
  DISK_LOW(FindingLevel.WARNING),
  DISK_FULL(FindingLevel.PROBLEM),
  DISK_MISSING(FindingLevel.PROBLEM),

  STORAGE_OK(FindingLevel.OK),
  STORAGE_NONE(FindingLevel.SKIPPED),
  STORAGE_MISSING(FindingLevel.PROBLEM),
  STORAGE_FOREIGN(FindingLevel.PROBLEM),
  STORAGE_OPEN(FindingLevel.WARNING),

  BUCKET_OK(FindingLevel.OK),
  BUCKET_NONE(FindingLevel.SKIPPED),
  BUCKET_FAULT(FindingLevel.PROBLEM),
  BUCKET_UNKNOWN(FindingLevel.PROBLEM),

  CLOCK_OK(FindingLevel.OK),
  CLOCK_ALONE(FindingLevel.SKIPPED),
  CLOCK_VAULT(FindingLevel.SKIPPED),
  CLOCK_OFF(FindingLevel.WARNING),
  CLOCK_WRONG(FindingLevel.PROBLEM),

  /** A check could not be made. */
  DOCTOR_BROKEN(FindingLevel.PROBLEM);

  private final FindingLevel level;

  FindingCode(FindingLevel level) {
    this.level = level;
  }

  /** How bad it is. */
  public FindingLevel level() {
    return level;
  }

  /** Name of the check that says it. */
  public String check() {
    return name().substring(0, name().indexOf('_')).toLowerCase(Locale.ROOT);
  }
}
