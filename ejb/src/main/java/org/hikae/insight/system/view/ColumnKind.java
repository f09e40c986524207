package org.hikae.insight.system.view;

/** What somebody who reads a column learns from it. */
public enum ColumnKind {
  /** Sealed on a device; nobody at the company can open it. */
  CIPHERTEXT,

  /** A one-way value, from which what it was made of cannot be told. */
  HASH,

  /** Names or describes a person or their device. */
  PERSONAL,

  /** Numbers, times, states and identifiers, readable by IT. */
  PLAIN,

  /** The database does not say; take it as readable. */
  UNDESCRIBED
}
