package org.hikae.transparency.note.wire;

/**
 * A note is not signed by whom it has to be, or carries a wrong signature of a known key. Nothing
 * of its text may be used.
 */
public final class NoteSignatureException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says in one sentence whose signature is missing or wrong. */
  NoteSignatureException(String message) {
    super(message);
  }
}
