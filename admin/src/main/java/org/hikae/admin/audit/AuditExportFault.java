package org.hikae.admin.audit;

/** What can be wrong with an export. */
public enum AuditExportFault {
  /** The line is not what an export has there. */
  NOT_AN_EXPORT,
  /** The file has no last line: it broke off or was cut off. */
  CUT_OFF,
  /** The event is not what was chained, or it was moved. */
  CHANGED,
  /** Events are missing before this one, or it was moved. */
  MISSING,
  /** The names are not what was chained. */
  NAMES_CHANGED,
  /** The last event is not the end that the file's first line names. */
  OTHER_END,
  /** The file is not the one that the vault has signed. */
  NOT_AS_SIGNED,
  /** The signature is not of the vault whose card the file holds, or the card is not its root's. */
  BAD_SIGNATURE,
  /** The vault is another one than was expected. */
  OTHER_VAULT
}
