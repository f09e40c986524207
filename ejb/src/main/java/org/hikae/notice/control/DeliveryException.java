package org.hikae.notice.control;

import org.hikae.notice.value.DeliveryFailure;
import org.jspecify.annotations.Nullable;

/** A message was not taken, or nobody can tell whether it was. */
public final class DeliveryException extends Exception {

  private static final long serialVersionUID = 1L;

  private final DeliveryFailure deliveryFailure;
  private final @Nullable String answer;

  /** Why, in a word; what the other side said is not kept. */
  public DeliveryException(DeliveryFailure deliveryFailure) {
    this(deliveryFailure, null);
  }

  /**
   * Why, in a word.
   *
   * @param answer what the other side said, for who is trying it, as {@link ServerAnswer} gives it;
   *     not part of the message, so that no log has it
   */
  public DeliveryException(DeliveryFailure deliveryFailure, @Nullable String answer) {
    super(deliveryFailure.name());
    this.deliveryFailure = deliveryFailure;
    this.answer = answer;
  }

  /** Why. */
  public DeliveryFailure trouble() {
    return deliveryFailure;
  }

  /** What the other side said, for who is trying it; null for nothing. */
  public @Nullable String answer() {
    return answer;
  }
}
