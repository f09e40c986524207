package org.hikae.notice.control;

import org.hikae.notice.value.Trouble;

/** A message was not taken, or nobody can tell whether it was. */
public final class DeliveryException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Trouble trouble;

  /** Why, in a word; what the other side said is not kept. */
  public DeliveryException(Trouble trouble) {
    super(trouble.name());
    this.trouble = trouble;
  }

  /** Why. */
  public Trouble trouble() {
    return trouble;
  }
}
