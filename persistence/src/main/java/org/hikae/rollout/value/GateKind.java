package org.hikae.rollout.value;

/** What a campaign can be halted by. */
public enum GateKind {
  /** Devices whose first backup failed and that have none yet. */
  FAILED_FIRST_BACKUPS,
  /** Devices whose last message to the vault was not answered. */
  VAULT_ERRORS,
  /** Devices in use without a backup for a week. */
  STALE_DEVICES
}
