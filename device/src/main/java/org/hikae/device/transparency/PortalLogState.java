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
  /** It fits now, and did not at an earlier look. */
  STANDING,
  /** It does not fit, or cannot be had: the result has the fault. */
  FAULT
}
