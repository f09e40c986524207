package org.hikae.notice.control;

import org.hikae.notice.value.DeliveryFailure;

/** A message was not taken, or nobody can tell whether it was. */
public final class DeliveryException extends Exception {

  private static final long serialVersionUID = 1L;

  private final DeliveryFailure deliveryFailure;

  /** Why, in a word; what the other side said is not kept. */
  public DeliveryException(DeliveryFailure deliveryFailure) {
    super(deliveryFailure.name());
    this.deliveryFailure = deliveryFailure;
  }

  /** Why. */
  public DeliveryFailure trouble() {
    return deliveryFailure;
  }
}
