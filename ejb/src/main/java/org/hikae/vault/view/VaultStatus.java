package org.hikae.vault.view;

/** Whether the vault can serve. */
public enum VaultStatus {
  /** It serves. */
  UP,
  /** It does not answer or cannot serve. */
  DOWN,
  /** There is none: only the 64-digit key can protect backups. */
  NONE
}
