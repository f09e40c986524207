package org.hikae.device.sheet;

/** The sentences of the sheet, in the person's language. */
@FunctionalInterface
public interface RecoverySheetMessages {

  /** The sentence with its placeholders filled. */
  String get(String key, Object... arguments);
}
