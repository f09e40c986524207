package org.hikae.notice.value;

/**
 * How a delivery stands. WAITING becomes SENT or FAILED; a FAILED one may be made to wait again.
 */
public enum DeliveryState {
  /** It is to be sent, or sent again. */
  WAITING,
  /** The other side took it. */
  SENT,
  /** Given up after too many attempts. */
  FAILED
}
