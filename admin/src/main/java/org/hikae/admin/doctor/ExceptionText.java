package org.hikae.admin.doctor;

import org.jspecify.annotations.Nullable;

/** What went wrong outside, in words: many exceptions of the platform have no message. */
public final class ExceptionText {

  private static final int MOST_CAUSES = 5;

  private ExceptionText() {}

  /** The first message among an exception and its causes, else the name of its class. */
  public static String of(Throwable failure) {
    @Nullable Throwable current = failure;
    for (int i = 0; i < MOST_CAUSES && current != null; i++) {
      String message = current.getMessage();
      if (message != null && !message.isBlank()) {
        return message.lines().findFirst().orElse(message).strip();
      }
      current = current.getCause();
    }
    return failure.getClass().getSimpleName();
  }
}
