package org.hikae.device.store;

import java.io.Serial;

/**
 * The store answers, but for this one object or list: it neither hands it out nor says that there
 * is none. Nothing is known of it then, and nothing is wrong with anything else.
 */
public final class WithheldObjectException extends BackupStoreException {

  @Serial private static final long serialVersionUID = 1L;

  private final String answer;

  /**
   * Of the last try.
   *
   * @param answer what came in its place: a status, {@code -} for nothing, {@code ?} for what it
   *     cannot be
   * @param refused how it ended
   */
  public WithheldObjectException(String answer, BackupStoreException refused) {
    super(refused.result(), String.valueOf(refused.getMessage()), refused.getCause());
    this.answer = answer;
  }

  /** Says so of a pack. */
  public String ofPack() {
    return "The portal does not hand out a pack (" + answer + ").";
  }

  /** Says so of what opens a snapshot, or says what is kept for it. */
  public String ofSnapshot() {
    return "The portal does not hand out the root or the object list (" + answer + ").";
  }

  /** What came in its place. */
  public String answer() {
    return answer;
  }
}
