package org.hikae.notice.wire;

import static org.hikae.identity.wire.RealmNames.AUDITOR;
import static org.hikae.identity.wire.RealmNames.BACKUP_ADMIN;
import static org.hikae.identity.wire.RealmNames.HELPDESK;
import static org.hikae.notice.wire.NoticeKind.Severity.CRITICAL;
import static org.hikae.notice.wire.NoticeKind.Severity.INFO;
import static org.hikae.notice.wire.NoticeKind.Severity.WARNING;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Everything that people are told about: how much it matters and whom it concerns. A notice that
 * names an employee concerns that employee; the roles here hear of it besides. A new kind is a line
 * here and a sentence in each language.
 */
public enum NoticeKind {
  /** A device was added. */
  DEVICE_ENROLLED("device.enrolled", WARNING),
  /** A device was revoked. */
  DEVICE_REVOKED("device.revoked", WARNING),
  /** A way to open the backup was added. */
  WRAP_ADDED("wrap.added", WARNING),
  /** A way to open the backup was removed. */
  WRAP_REVOKED("wrap.revoked", WARNING),
  /** The key was replaced. */
  KEY_ROTATED("key.rotated", WARNING),
  /** A device got the key from another device of its employee. */
  KEY_TRANSFERRED("key.transferred", WARNING),
  /** The opt-in is complete. */
  SET_ACTIVE("set.active", INFO),
  /** The employee opted out. */
  SET_WITHDRAWN("set.withdrawn", WARNING),
  /** An opt-out was taken back. */
  SET_RESUMED("set.resumed", INFO),
  /** What an employee opted out of is erased. */
  SET_ERASED("set.erased", INFO),
  /** Backups wait for an agreement to a new text. */
  CONSENT_PAUSED("consent.paused", WARNING),
  /** A snapshot was released. */
  SNAPSHOT_RELEASED("snapshot.released", INFO),
  /** A released snapshot was taken back. */
  SNAPSHOT_TAKEN_BACK("snapshot.taken-back", INFO),
  /** A device got a user name and a password for restic. */
  RESTIC_CREDENTIAL("restic.credential", WARNING),
  /** A user name and password for restic were revoked. */
  RESTIC_CREDENTIAL_REVOKED("restic.credential-revoked", INFO),
  /** A user name and password that restic uses will soon end. */
  RESTIC_CREDENTIAL_ENDS("restic.credential-ends", WARNING),
  /** Restic released its last snapshot, or most of what it had within a day. */
  RESTIC_MASS_RELEASE("restic.mass-release", WARNING, BACKUP_ADMIN, HELPDESK),
  /** A repository of restic was taken back to a moment. */
  RESTIC_TAKEN_BACK("restic.taken-back", WARNING),
  /** An evaluation was asked of the vault. */
  VAULT_EXPOSE("vault.expose", INFO),
  /** A password is tried at the vault; every backup and restore does so. */
  VAULT_ATTEMPT("vault.attempt", INFO),
  /** An order of the owner went to the vault. */
  VAULT_ORDER("vault.order", WARNING),
  /** Wrong passwords or proofs at the vault. */
  VAULT_FAILED("vault.failed", WARNING, BACKUP_ADMIN, HELPDESK),
  /** The vault destroyed a record after too many wrong passwords. */
  VAULT_LOCKED("vault.locked", CRITICAL, BACKUP_ADMIN, HELPDESK),
  /** The vault runs on an older copy of its ledger. */
  LEDGER_REGRESS("ledger.regress", CRITICAL, BACKUP_ADMIN, AUDITOR),
  /** A device has had no backup for as long as the policy bears. */
  BACKUP_MISSED("backup.missed", WARNING, BACKUP_ADMIN, HELPDESK),
  /** A device has had no backup for much longer. */
  BACKUP_LONG_MISSED("backup.long-missed", CRITICAL, BACKUP_ADMIN, HELPDESK),
  /** A backup ended with a failure. */
  BACKUP_FAILED("backup.failed", WARNING, BACKUP_ADMIN, HELPDESK),
  /** A device has read what is stored, or asked for parts of it, and found damage. */
  VERIFY_DAMAGED("verify.damaged", WARNING, BACKUP_ADMIN, HELPDESK),
  /** Files of a device may have been changed by malware. */
  CHANGES_SUSPECTED("changes.suspected", CRITICAL, BACKUP_ADMIN, HELPDESK),
  /** The alarm about changed files of a device was ended. */
  CHANGES_CLEARED("changes.cleared", INFO, BACKUP_ADMIN, HELPDESK),
  /** An administrator reminds somebody who has not set up the backup. */
  NUDGE_OPT_IN("nudge.opt-in", WARNING),
  /** An administrator reminds somebody whose backup is too old, or not made. */
  NUDGE_BACKUP("nudge.backup", WARNING),
  /** The quota is nearly used up. */
  QUOTA_NEAR("quota.near", WARNING, BACKUP_ADMIN, HELPDESK),
  /** Stored bytes are not what was stored. */
  OBJECT_ROTTEN("object.rotten", CRITICAL, BACKUP_ADMIN),
  /** A legal hold was set. */
  LEGAL_HOLD_SET("legal-hold.set", INFO),
  /** A legal hold was lifted. */
  LEGAL_HOLD_LIFTED("legal-hold.lifted", INFO),
  /** Somebody left; their data is kept for a time. */
  LEAVER_KEPT("leaver.kept", INFO, BACKUP_ADMIN),
  /** A leaver's data will soon be erased. */
  LEAVER_DUE("leaver.due", WARNING, BACKUP_ADMIN),
  /** A leaver's data begins to be erased. */
  LEAVER_DELETING("leaver.deleting", WARNING, BACKUP_ADMIN),
  /** A leaver's data is erased. */
  LEAVER_DELETED("leaver.deleted", INFO, BACKUP_ADMIN),
  /** Somebody who left is back. */
  LEAVER_RETURNED("leaver.returned", INFO, BACKUP_ADMIN),
  /** More people would be leavers than is plausible. */
  MASS_LEAVE("directory.mass-leave", CRITICAL, BACKUP_ADMIN),
  /** An administrator confirmed that these people left. */
  MASS_LEAVE_CONFIRMED("directory.mass-leave.confirm", INFO, BACKUP_ADMIN),
  /** An administrator said that these people did not leave. */
  MASS_LEAVE_DISMISSED("directory.mass-leave.dismiss", INFO, BACKUP_ADMIN),
  /** A gate halted a campaign. */
  CAMPAIGN_HALTED("campaign.halted", CRITICAL, BACKUP_ADMIN),
  /** The server's clock jumped. */
  HOUSEKEEPING_CLOCK("housekeeping.clock", CRITICAL, BACKUP_ADMIN),
  /** Repositories could not be done at night. */
  HOUSEKEEPING_FAILED("housekeeping.failed", WARNING, BACKUP_ADMIN),
  /** The database's log has not been archived for long. */
  DATABASE_BACKUP_OVERDUE("database.backup-overdue", CRITICAL, BACKUP_ADMIN),
  /** Copies in the second store are behind the target time. */
  SECOND_STORE_LATE("second-store.late", CRITICAL, BACKUP_ADMIN),
  /** A change waits for a second administrator. */
  APPROVAL_REQUESTED("approval.requested", WARNING, BACKUP_ADMIN),
  /** A second administrator agreed. */
  APPROVAL_APPROVED("approval.approve", INFO, BACKUP_ADMIN, AUDITOR),
  /** A second administrator refused. */
  APPROVAL_REJECTED("approval.reject", INFO, BACKUP_ADMIN, AUDITOR),
  /** Who asked for a change took it back. */
  APPROVAL_WITHDRAWN("approval.withdraw", INFO, BACKUP_ADMIN, AUDITOR),
  /** The monthly report goes to those whom an administrator chose. */
  MONTHLY_REPORT("report.monthly", INFO),
  /** An administrator tries a way out; never in the outbox. */
  CHANNEL_TEST("channel.test", INFO);

  /** How much a notice matters. */
  public enum Severity {
    /** Good to know. */
    INFO,
    /** Somebody should look. */
    WARNING,
    /** Somebody must act; quiet hours do not hold it back. */
    CRITICAL
  }

  private final String code;
  private final Severity severity;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<String> roles;

  NoticeKind(String code, Severity severity, String... roles) {
    this.code = code;
    this.severity = severity;
    this.roles = List.of(roles);
  }

  /** The kind that is called so. */
  public static Optional<NoticeKind> named(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code.equals(code)).findFirst();
  }

  /** Its name in the database, in settings and in webhooks. */
  public String code() {
    return code;
  }

  /** How much it matters. */
  public Severity severity() {
    return severity;
  }

  /** Roles that hear of it, whoever else does. */
  public List<String> roles() {
    return roles;
  }

  /** Whether recipients who chose no kinds hear of it. */
  public boolean isSentUnasked() {
    return severity != INFO;
  }
}
