package org.hikae.transparency.wire;

import java.util.Arrays;
import java.util.Optional;

/** What an entry of the portal's log is about (group {@code log-entry} of numbers.tsv). */
public enum LogEntryKind {
  /** A card of the vault, as devices get it. */
  VAULT_CARD(1),
  /** A published consent text in one language, by its hash. */
  CONSENT_TEXT(2),
  /** Keys or packages of updates of the agent, as people have signed them. */
  UPDATE(3);

  private final int number;

  LogEntryKind(int number) {
    this.number = number;
  }

  /** The kind with this number, if it is known. */
  static Optional<LogEntryKind> of(int number) {
    return Arrays.stream(values()).filter(kind -> kind.number == number).findFirst();
  }

  /** By which entries name it. */
  public int number() {
    return number;
  }
}
