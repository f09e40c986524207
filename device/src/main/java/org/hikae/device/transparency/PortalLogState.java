package org.hikae.device.transparency;

/** What a look at the portal's log came to (spec HK1-X-10). */
public enum PortalLogState {
  /** The portal has no log, or none with an entry, and never showed one here. */
  NONE,
  /** It is whole; nothing was kept before. */
  FIRST,
  /** It is whole, and goes on from what was kept. */
  FITS,
  /** It fits, and the vault's card that is used here is not in it. */
  CARD_MISSING,
  /** Its end or entries cannot be had. */
  NO_ANSWER,
  /** Its end is not signed by the key that was kept. */
  BAD_CHECKPOINT,
  /** It says that it has more entries than are read. */
  TOO_LARGE,
  /** It has fewer entries than it had signed. */
  SHRUNK,
  /** It begins with other entries than those that it had signed. */
  FORKED,
  /** Its entries are not those that it has signed. */
  OTHER_ENTRIES;

  /** Whether nothing is wrong. */
  public boolean isFine() {
    return this == NONE || this == FIRST || this == FITS;
  }

  /** Whether the portal could not be asked, which others than the portal can bring about. */
  public boolean isSilence() {
    return this == NO_ANSWER;
  }
}
