package org.hikae.admin.dossier;

/** Everything that a dossier can say of a claim; each has a sentence in two languages. */
public enum ClaimFactKind {
  /** Bytes; how many secrets. */
  SEARCHED,
  /** Names of what was known to be there. */
  KNOWN_FOUND,
  /** Name and form of a secret. */
  SECRET_FOUND,
  /** Names of what was known to be there. */
  SEARCH_UNPROVEN,
  /** Nothing to look for. */
  NO_CANARY,
  /** The option that names what to look at. */
  NO_PLACE,
  /** What, and why. */
  UNREADABLE,
  /** The device's name. */
  DEVICE_UNKNOWN,
  /** Objects that were not searched. */
  IN_BUCKET,
  /** How many objects. */
  OBJECTS_READ,
  /** Bytes that could not be read; bytes of all. */
  OBJECTS_UNREAD,
  /** How many files. */
  FILES_READ,

  /** An embedded database, which nobody reads beside the portal. */
  NOT_POSTGRESQL,
  /** Rights; tables. */
  RIGHTS_COMPARED,
  /** Who; right; table. */
  RIGHT_BEYOND,
  /** What the application's login is besides. */
  LOGIN_IS_MORE,
  /** A code of the doctor, and what its sentence names. */
  DOCTOR,

  /** How many operations. */
  ANONYMOUS_REFUSED,
  /** Operation; status. */
  ANONYMOUS_ANSWERED,

  /** No vault in the settings. */
  NO_VAULT,
  /** No fingerprint was given. */
  NO_PIN,
  /** Number of the card; company; root. */
  CARD_SIGNED,
  /** Root of the card; expected root. */
  CARD_OF_OTHER_ROOT,
  /** The signature is wrong. */
  CARD_UNSIGNED,
  /** How the root of the vault's keys is kept. */
  ROOT_KEPT,

  /** Entries; key. */
  LOG_READ,
  /** What is wrong. */
  LOG_FAULT,
  /** No folder of {@code log-check} was given, or an empty one. */
  NO_KEPT_CHECKPOINT,
  /** Entries then; entries now. */
  LOG_CONTINUED,
  /** Number of the card. */
  CARD_LOGGED,
  /** Number of the card. */
  CARD_NOT_LOGGED,

  /** Day; people with a backup; those whose devices did a drill, practised, did both. */
  RECOVERY_FIGURES,
  /** Day of the newest figures. */
  RECOVERY_OLD,
  /** Nobody has a backup. */
  RECOVERY_NOBODY,
  /** People of whom no device did a drill. */
  RECOVERY_NO_DRILL,

  /** No export was given. */
  NO_EXPORT,
  /** Events; first; last. */
  EXPORT_WHOLE,
  /** What is wrong; the line. */
  EXPORT_FAULT,
  /** No vault has signed it. */
  EXPORT_UNSIGNED,

  /** Folder; files; SHA-256 of their list. */
  PROGRAM_TREE,
  /** No list of the release was given. */
  NO_RELEASE_LIST,
  /** A file. */
  PROGRAM_DIFFERS,
  /** A file. */
  PROGRAM_MISSING,
  /** A file. */
  PROGRAM_UNLISTED,

  /** How many were looked at. */
  SETTINGS_READ,
  /** A database for trials. */
  SETTING_EMBEDDED,
  /** Setting. */
  SETTING_PLAIN,
  /** Setting. */
  SETTING_DEFAULT_PASSWORD,
  /** Setting. */
  SETTING_OTHERS_READ,
  /** Setting. */
  SETTING_WEAK,

  /** How many facts more there are. */
  MORE
}
