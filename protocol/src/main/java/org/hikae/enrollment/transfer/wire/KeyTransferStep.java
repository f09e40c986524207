package org.hikae.enrollment.transfer.wire;

import org.jspecify.annotations.Nullable;

/** What a message of a transfer is, which is all that the portal knows of it (spec HK1-T-10). */
public enum KeyTransferStep {
  /** Of the new device: its share, for one try. */
  OFFER,
  /** Of the old device: its share, and what shows that it knows the code. */
  ANSWER,
  /** Of the new device: what shows that it knows the code. */
  CONFIRMATION,
  /** Of the old device: K, sealed. */
  KEY,
  /** Of the new device: K has arrived. */
  RECEIPT;

  /** Whether the new device sends it. */
  public boolean isOfNewDevice() {
    return this == OFFER || this == CONFIRMATION || this == RECEIPT;
  }

  /** Whether it may come right after that one, or first when there is none. */
  public boolean follows(@Nullable KeyTransferStep before) {
    return switch (this) {
      case OFFER -> before == null || before == ANSWER;
      case ANSWER -> before == OFFER;
      case CONFIRMATION -> before == ANSWER;
      case KEY -> before == CONFIRMATION;
      case RECEIPT -> before == KEY;
    };
  }
}
